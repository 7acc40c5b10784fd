# ---- the frame, the same in every reorganize.sh: all is made in a scratch copy; once that is the tested result,
# one command (git read-tree) brings it over, which overwrites no change of yours.
git() { command git -c core.hooksPath=/dev/null -c core.fsmonitor=false -c core.quotePath=false "$@"; }
say() { printf 'reorganize.sh: %s.\n' "$1"; }
quoted() { sed -e 's/[\\"]/\\&/g' -e '1s/^/"/' -e '$s/$/"/' <<< "$1"; } # as git reads a path in a variable
die() { say "$1" >&2; exit 1; }
die_of() { # SENTENCE: fail with it if there is anything on standard input; show the first twenty lines
  sed -e 's/^/  /' -e 20q > "$work/lines"
  [ ! -s "$work/lines" ] || { cat "$work/lines" >&2; die "$1"; }
}
edit() { sed -i.before -e "$2" -- "$1"; } # FILE SED: what sed leaves beside the file stays in the copy
create() { case $1 in */*) mkdir -p -- "${1%/*}" ;; esac; cat > "$1"; printf '%s\0' "$1" >> "$work/new"; } # FILE < TEXT
carry_out() { # ID STEP: run STEP in the copy; ID is the expected hash over path, mode and content of all changes
  "$2"
  git add -u; [ ! -e "$work/new" ] || git update-index --add -z --stdin < "$work/new"
  [ "$(git diff-index --cached --no-renames --no-abbrev -z "$start" | git hash-object --stdin)" != "$1" ] || return 0
  comm -12 <(git diff --name-only --no-renames "$REVIEWED" "$start") <(git diff --name-only --no-renames --cached "$start") |
    die_of "these files changed after the review; generate the script again for this commit"
  die "the result is not the tested one; the sed of this machine may behave differently"
}
# Lines that name what is gone, in files that changed after the review: by its path, by its dotted name, or in an
# import from where it was. A relative import counts if its last word fits, so this may report too much.
old_names() {
  local files=() file modules
  while IFS= read -r -d '' file; do files+=("$file"); done \
    < <(git diff --name-only --no-renames --diff-filter=d -z "$REVIEWED" "$start"); [ "${#files[@]}" -gt 0 ] || return 0
  git diff-tree -r -t --no-renames --diff-filter=D --name-only "$start" "$tree" | sed "s|^${ROOT-}||" > "$work/gone"
  modules=$(sed -e 's|\(/__init__\)*\.py$||' -e 's|/|.|g' "$work/gone" && tr ' ' '\n' <<< "${REUSED_NAMES-}")
  sed -n '/[.\/]/p' "$work/gone" - <<< "$modules" | found -w -F
  sed -nE -e 's#^(.*[.])?([^.]+)[.]([^.]+)$#from +(\1\2|[.]+([A-Za-z0-9_]+[.])*(\2|\3)?) +(import|[\\]$)#p' \
    -e 's#^[^.]+$#^ *(import|from) +&([ .,]|$)#p' <<< "$modules" | found -E
  printf '%s\n' "${files[@]}" | grep -F -f <(sed -n 's|/__init__\.py$|/|p' "$work/gone") || [ "$?" = 1 ] # in a package that is gone
}
found() { git grep --cached -I -n "$@" -f - -- "${files[@]}" || [ "$?" = 1 ]; }
in_the_way() { # FROM TO: what would be overwritten, also where git was told to ignore it
  local path; git diff-tree -r -z --no-renames --diff-filter=A --name-only "$@" | while IFS= read -r -d '' path; do
    [ ! -d "$path" ] || echo "$path" # below, a name that differs from a tracked one by letter case alone is that file
    until [ -d "$path" ]; do
      if [ -e "$path" ] || [ -L "$path" ]; then GIT_LITERAL_PATHSPECS=0 git --icase-pathspecs ls-files -- "$path" | grep -q . || echo "$path"; fi
      case $path in */*) path=${path%/*} ;; *) break ;; esac
    done
  done
}
make() { # $moved and $tree, the results before and after splits; the copy's files are what git has, byte for byte
  local -x LC_ALL=C GIT_LITERAL_PATHSPECS=1 GIT_ALTERNATE_OBJECT_DIRECTORIES; [ "$verb" = --check ] || local -x GIT_OBJECT_DIRECTORY=$objects
  case $(git version) in *" "1.* | *" "2.[0-9].* | *" "2.[12][0-9].*) die "$(git version) is too old; put 2.30 or newer first on the PATH" ;; esac
  git status --long -uno | { grep -E 'in progress|You are currently|still merging' || :; } | die_of "finish or abort that first"
  git status --porcelain -uno --ignore-submodules=dirty | die_of "commit or stash these changes first"
  git cat-file -e "$REVIEWED^{commit}" 2> /dev/null || die "the reviewed commit is not here; type: git fetch origin $REVIEWED"
  GIT_ALTERNATE_OBJECT_DIRECTORIES=$(quoted "$objects")
  git init -q --template= --object-format=sha1 "$work/copy"; cd "$work/copy"; mkdir -p .git/info .git/objects
  echo '* -text -filter -ident -working-tree-encoding' > .git/info/attributes; git update-ref HEAD "$start"
  git read-tree --reset -u "$start"
  carry_out "${MOVED-$RESULT}" reorganize; moved=$(git write-tree)
  carry_out "$RESULT" split; tree=$(git write-tree)
  old_names | sort -u | die_of "these lines came after the review and use old names; generate the script again for this commit"
  cd "$top"; GIT_ALTERNATE_OBJECT_DIRECTORIES=$(quoted "$work/copy/.git/objects")
  in_the_way "$start" "$tree" | die_of "these are in the way; move them away first"
  git read-tree -m -u -n "$start" "$tree"
}
recorded() { sh -c 'echo "$$" > "$0"; exec git "$@"' "$state/process" "$@"; } # so that --undo can tell whether it still runs
bring() { recorded -c core.hooksPath=/dev/null -c core.fsmonitor=false read-tree -m -u "$@"; }
commit() { # TREE MESSAGE, as you would, with your hooks and signature
  bring HEAD "$1"
  recorded -c user.useConfigOnly=true commit -q --cleanup=whitespace -m "$2" || die "git commit failed, see above; or use --apply and commit yourself"
  git rev-parse 'HEAD^{tree}' >> "$state/trees"
  [ "$(tail -n 1 "$state/trees")" = "$1" ] || die "a hook changed what was committed; use --apply and commit yourself"
  git rev-parse HEAD
}
undo() { # from where --apply ended, or from anywhere half-way
  local lock head; head=$(git rev-parse HEAD)
  [ "$(git symbolic-ref -q HEAD)" = "$(cat "$state/branch")" ] || die "it ran on another branch: $(cat "$state/branch")"
  if [ -e "$state/done" ]; then
    [ "$head" = "$start" ] || die "there are commits since; use git revert"
    in_the_way "$tree" "$start" | die_of "these are in the way of what comes back; move them away first"
    git read-tree -m -u -n "$tree" "$start" || die "not undone, see above; git diff $tree shows what changed since --apply"
    rm -f -- "$state/done"; bring "$tree" "$start"
  else
    case $(ps -o stat= -p "$(cat "$state/process")" 2> /dev/null) in [!Z]*) die "git is still at work; wait, or remove $state/process" ;; esac
    git log --format='%T %h %s' "$start.." | { grep -v -F -f "$state/trees" || :; } | die_of "there are commits since; remove $state when all is well"
    for lock in index HEAD "$(git symbolic-ref -q HEAD)"; do rm -f -- "$(git rev-parse --git-path "$lock").lock"; done
    git diff-tree -r -z --no-renames --diff-filter=A --name-only "$start" "$tree" | git update-index --add --remove -z --stdin
    git diff --quiet || say "what lay here half-way is kept for two weeks; to restore a file: git checkout $(git stash create) -- FILE"
    git read-tree --reset -u "$start"
    [ "$head" = "$start" ] || git update-ref -m "reorganize.sh --undo" HEAD "$start" "$head"
  fi; rm -rf -- "$state"
}
ended() {
  local status=$? undone; trap '' EXIT INT TERM HUP; set +e; cd -- "$top"
  if [ "$begun" = yes ] && [ ! -e "$state/done" ]; then
    (set -e; undo); undone=$?; say "it stopped half-way; $([ "$undone" = 0 ] && echo everything is put back || echo type --undo)" >&2
  elif [ "$status" -gt 1 ] && [ "$status" -lt 130 ]; then say "stopped by the error above; nothing was changed" >&2; fi
  rm -rf -- "$work"; exit "$((status > 1 && status < 130 ? 1 : status))"
}
usage() { sed -n '3,/^$/s/^# \{0,1\}//p' "$0"; }
verb=${1---check} begun=no
case $#$verb in [01]--check | 1--apply | 1--commit | 1--undo) ;; 1--help) usage; exit ;; *) usage >&2; exit 2 ;; esac
unset CDPATH GIT_DIR GIT_COMMON_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_ICASE_PATHSPECS
top=$(git rev-parse --show-toplevel) || die "cd into the checkout to change"; cd -- "$top"
state=$(git rev-parse --absolute-git-dir)/reorganize objects=$(cd "$(git rev-parse --git-path objects)" && pwd -P)
start=$(git rev-parse -q --verify HEAD) || die "this repository has no commit yet"
work=$(cd -- "$(mktemp -d "${TMPDIR:-/tmp}/reorganize.XXXXXX")" && pwd -P) && trap ended EXIT && trap 'exit 130' INT && trap 'exit 143' TERM HUP
if [ -e "$state" ]; then
  start=$(cat "$state/start") tree=$(cat "$state/tree")
  if [ "$verb" = --undo ]; then undo; say "the reorganization is undone"; exit; fi
  [ -e "$state/done" ] || die "an earlier run was cut off; run it with --undo first"
  if [ "$(git write-tree)" = "$tree" ]; then
    if [ "$verb" != --commit ] || git diff --cached --quiet; then say "this is done already"; exit; fi
    git diff --name-only | die_of "commit or stash what changed since --apply first"; undo # and made again, commit by commit
  fi
fi
if [ "$verb" = --undo ]; then say "there is nothing to undo"; exit; fi
start=$(git rev-parse HEAD); make
if [ "$verb" = --check ]; then say "nothing is in the way, and nothing was changed"; exit; fi
rm -rf -- "$state" "$state.new"; mkdir -- "$state.new"; : > "$state.new/process"; printf '%s\n' "$moved" "$tree" > "$state.new/trees"
echo "$start" > "$state.new/start"; echo "$tree" > "$state.new/tree"; git symbolic-ref -q HEAD > "$state.new/branch" || :
mv -- "$state.new" "$state"; begun=yes
[ "$verb" = --commit ] || bring HEAD "$tree"
[ "$verb" = --apply ] || { commit "$moved" "$MESSAGE"; [ "$moved" = "$tree" ] || commit "$tree" "$SPLIT_MESSAGE"; }
: > "$state/done" && say "$DONE"
