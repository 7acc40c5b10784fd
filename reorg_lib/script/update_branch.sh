# ---- how a name is replaced. `reorg impact` runs these two functions as well.
make_rules() { # the table as a sed script: a name counts only where it stands alone
  local old new border
  while read -r old new; do
    case $old in */*) border=_/- ;; *) border=_./- ;; esac
    printf 's|\\([^A-Za-z0-9%s]\\)%s\\([^A-Za-z0-9_-]\\)|\\1%s\\2|g\n' "$border" "${old//./[.]}" "$new"
  done < <(new_names) > "$work/table"
  # twice, since two names may share the character between them; at its edges a line gets a blank
  { printf 's/^/ /\ns/$/ /\n' && cat "$work/table" "$work/table" && printf 's/^ //\ns/ $//\n'; } > "$work/rules"
}
renamed() { LC_ALL=C sed -f "$work/rules"; }

# ---- the frame, the same in every update-branch.sh
git() { command git -c core.hooksPath=/dev/null -c core.fsmonitor=false -c core.quotePath=false -c color.ui=false "$@"; }
say() { printf 'update-branch.sh: %s.\n' "$1"; }
die() { say "$1" >&2; exit 1; }
usage() { sed -n -e '/^# shellcheck/d' -e '3,/^$/s/^# \{0,1\}//p' "$0"; }
all_names() { new_names | sed 's/ .*//'; for_a_person; }
names_from() { "$2" | sed 's/ .*//' | found grep '[./]' > "$1"; [ -s "$1" ]; } # FILE TABLE, and if there are any
found() { "$@" || [ "$?" = 1 ]; } # for grep, which ends with 1 where it finds nothing

rewrite() { # FILE, so that its mode and the end of its last line stay
  local was
  was=$(git cat-file blob "$moves:$1" 2> /dev/null) || was=
  [ "$was" = "$(renamed <<< "$was")" ] || return 0 # it keeps an old name since the review
  renamed < "$1" > "$work/text"
  if [ -z "$(tail -c 1 "$1")" ]; then cat "$work/text" > "$1"; else printf %s "$(cat "$work/text")" > "$1"; fi
}
rewrite_all() { # only files that hold an old name at all
  local file
  names_from "$work/old" new_names || return 0
  found git grep -I -l -z -F -f "$work/old" -- "${files[@]}" > "$work/files"
  while IFS= read -r -d '' file; do rewrite "./$file"; done < "$work/files"
  git add -u
}

lines() { # GIT-GREP-ARGUMENTS: lines of the branch's files that are not in the same file at the moves
  found git grep -I -n "$@" "$moves" -- "${files[@]}" | cut -c "$((${#moves} + 2))-" > "$work/reviewed"
  found git grep -I -n --cached "$@" -- "${files[@]}" > "$work/now"
  awk '{ line = $0; sub(/:[0-9]+:/, ":", line) } old { seen[line]; next } !(line in seen)' \
    old=1 "$work/reviewed" old=0 "$work/now"
}
old_names() { # but not where a line says the new name that begins with an old one
  local but=()
  ! names_from "$work/but" but_not || but=(--and --not '(' -f "$work/but" ')')
  ! names_from "$work/old" all_names || lines -w -F '(' -f "$work/old" ')' ${but[@]+"${but[@]}"}
}
imports() { # of a lost module from its package: from a.b import c, from .b import (, from ..c import x
  all_names | found grep -v / | sed -nE -e h -e 's#^[^.]+$#:[[:space:]]*(import|from) +&([ .,;]|$)#p' -e g \
    -e 's#^(.*[.])?([^.]+)[.]([^.]+)$#from +(\1\2|[.]+([A-Za-z0-9_]+[.])*(\2)?) +import *([(\\]| (.*[^A-Za-z0-9_])?\3([^A-Za-z0-9_]|$))#p' \
    -e g -e 's#^.*[.]([^.]+)$#from +[.]+([A-Za-z0-9_]+[.])*\1([.][A-Za-z0-9_.]*)? +import#p' > "$work/imports"
  [ ! -s "$work/imports" ] || lines -E -e '(from|import) +[.A-Za-z_]' | found grep -E -f "$work/imports"
}
relative_imports() { # in files that moved
  local files=() moved=() file
  while IFS= read -r -d '' file; do moved+=("$file"); done \
    < <(git diff --name-only --no-renames --diff-filter=A -z "$before" "$moves")
  [ "${#moved[@]}" -gt 0 ] || return 0
  while IFS= read -r -d '' file; do files+=("$file"); done \
    < <(git diff --name-only --no-renames --diff-filter=d -z "$moves" HEAD -- "${moved[@]}")
  [ "${#files[@]}" = 0 ] || lines -E -e '^[[:space:]]*from +[.]'
}
new_modules() { # in folders that no module is left in
  local file
  while IFS= read -r -d '' file; do
    case $file in */*.py) has_modules "$moves" "${file%/*}" || ! has_modules "$before" "${file%/*}" ||
      echo "$file: is new, in a folder that all modules have left" ;; esac
  done < <(git diff --name-only --no-renames --diff-filter=A -z "$moves" HEAD)
}
has_modules() { git ls-tree -r --name-only "$1" -- "$2/" | grep -c '[.]py"*$' > /dev/null; }

case $#${1-} in 0 | 1[!-]*) ;; 1--help) usage; exit ;; *) usage >&2; exit 2 ;; esac
unset CDPATH GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE && export LC_ALL=C GIT_LITERAL_PATHSPECS=1
top=$(git rev-parse --show-toplevel) || die "cd into the checkout of the branch"; cd -- "$top" || exit
work=$(mktemp -d "${TMPDIR:-/tmp}/update-branch.XXXXXX") && trap 'rm -rf -- "$work"' EXIT
[ -z "$(git status --porcelain -uno --ignore-submodules=dirty)" ] || die "commit or stash what you changed first"
if [ "$#" = 1 ]; then
  moves=$(git rev-parse -q --verify "$1^{commit}") || die "there is no commit $1"; first=$moves
else
  made=$(git log --format=%H -F --grep="Made by reorganize.sh, reviewed at $REVIEWED")
  moves=${made%%$'\n'*} first=${made##*$'\n'}
  [ -n "$moves" ] || die "merge or rebase first: no commit here says that reorganize.sh made it; or name the commit of the moves"
fi
git merge-base --is-ancestor "$moves" HEAD || die "merge or rebase first: this branch does not hold $moves"
before=$(git rev-parse -q --verify "$first^") || die "the parent of $first is not here; git fetch --unshallow"

files=()
while IFS= read -r -d '' file; do files+=("$file"); done \
  < <(git diff --name-only --no-renames --diff-filter=d -z "$moves" HEAD)
if [ "${#files[@]}" = 0 ]; then say "the branch brings nothing"; exit; fi
make_rules
rewrite_all
git diff --cached --name-only | sed 's/^/  /'
if git diff --cached --quiet; then say "there is nothing to rename"
else say "these name what moved by its new name, staged; git reset --hard takes that back"; fi
{ old_names; imports; relative_imports; new_modules; } | sort -u > "$work/left"
[ -s "$work/left" ] || exit 0
sed 's/^/  /' "$work/left" >&2
die "these are for you: they may mean what moved, and no rule can tell"
