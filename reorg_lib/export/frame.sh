# ---- the frame, the same in every reorganize.sh: all happens in a scratch copy; once that is what the
# rehearsal came to, one command (git read-tree) brings it over, and refuses to overwrite a change.
git() { command git -c core.hooksPath=/dev/null -c core.fsmonitor=false -c core.quotePath=false "$@"; }
say() { printf 'reorganize.sh: %s.\n' "$1"; }
die() { say "$1" >&2; exit 1; }
die_of() { # SENTENCE: if any line comes in; the first twenty are shown
  sed -e 's/^/  /' -e 20q > "$work/lines"
  [ ! -s "$work/lines" ] || { cat "$work/lines" >&2 && die "$1"; }
}
edit() { sed -i.before -e "$2" -- "$1"; } # in the copy, where what sed leaves behind does no harm
create() { # FILE < TEXT
  case $1 in */*) [ -d "${1%/*}" ] || mkdir -p -- "${1%/*}" ;; esac
  cat > "$1" && printf '%s\0' "$1" >> "$work/new"
}
carry_out() { # ID STEP, in the copy. ID stands for path, mode and content of all that then differs
  "$2" && git add -u && { [ ! -e "$work/new" ] || git update-index --add -z --stdin < "$work/new"; }
  [ "$(git diff-index --cached --no-renames --no-abbrev -z "$start" | git hash-object --stdin)" != "$1" ] || return 0
  comm -12 <(git diff --name-only --no-renames "$REVIEWED" "$start") <(git diff --name-only --no-renames --cached "$start") |
    die_of "these changed after the review; export again from this commit"
  die "this is not what the rehearsal came to; is it another sed?"
}

# In files that changed after the review, the lines that use what is gone: its path, its dotted name, an
# import from where it was. A relative import is told by its last word alone, which is often too strict.
younger_lines() {
  local files=() file modules
  while IFS= read -r -d '' file; do files+=("$file"); done \
    < <(git diff --name-only --no-renames --diff-filter=d -z "$REVIEWED" "$start"); [ "${#files[@]}" -gt 0 ] || return 0
  git diff-tree -r -t --no-renames --diff-filter=D --name-only "$start" "$tree" | sed "s|^${ROOT-}||" > "$work/gone"
  modules=$(sed -e 's|\(/__init__\)*\.py$||' -e 's|/|.|g' "$work/gone" && tr ' ' '\n' <<< "${TWICE-}")
  sed -n '/[.\/]/p' "$work/gone" - <<< "$modules" | found -w -F
  sed -nE -e 's#^(.*[.])?([^.]+)[.]([^.]+)$#from +(\1\2|[.]+([A-Za-z0-9_]+[.])*(\2|\3)?) +(import|[\\]$)#p' \
    -e 's#^[^.]+$#^ *(import|from) +&([ .,]|$)#p' <<< "$modules" | found -E
  printf '%s\n' "${files[@]}" | grep -F -f <(sed -n 's|/__init__\.py$|/|p' "$work/gone") || [ "$?" = 1 ] # left alone
}
found() { git grep --cached -I -n "$@" -f - -- "${files[@]}" || [ "$?" = 1 ]; }
make() { # the result, as $moved and $tree; in the copy, files are what git has, byte for byte
  local path; local -x LC_ALL=C GIT_LITERAL_PATHSPECS=1 GIT_ALTERNATE_OBJECT_DIRECTORIES=$objects
  [ "$verb" = --check ] || local -x GIT_OBJECT_DIRECTORY=$objects
  case $(git version) in *" "1.* | *" "2.[0-9].* | *" "2.[12][0-9].*) die "$(git version) is too old; put 2.30 or newer first on the PATH" ;; esac
  git status -uno | { grep -E 'in progress|You are currently|still merging' || :; } | die_of "finish that first"
  git status --porcelain -uno --ignore-submodules=dirty | die_of "commit or stash these changes first"
  git cat-file -e "$REVIEWED^{commit}" 2> /dev/null || die "the reviewed commit is not here; git fetch origin $REVIEWED"
  git init -q --template= "$work/copy" && cd "$work/copy"
  mkdir -p .git/info .git/objects && echo '* -text -filter -ident -working-tree-encoding' > .git/info/attributes
  git update-ref HEAD "$start" && git read-tree --reset -u "$start"
  carry_out "${MOVED-$RESULT}" reorganize; moved=$(git write-tree)
  carry_out "$RESULT" split; tree=$(git write-tree)
  younger_lines | sort -u | die_of "these lines came after the review and use an old name; export again from this commit"
  cd "$top" && GIT_ALTERNATE_OBJECT_DIRECTORIES=$work/copy/.git/objects
  git diff-tree -r -z --no-renames --diff-filter=A --name-only "$start" "$tree" |
    while IFS= read -r -d '' path; do [ ! -e "$path" ] && [ ! -L "$path" ] || echo "$path"; done |
    die_of "these are in the way; move them away first"
  git read-tree -m -u -n "$start" "$tree"
}

noted() { sh -c 'echo "$$" > "$0" && exec git "$@"' "$state/process" "$@"; } # to know whose a lock is
bring() { noted -c core.hooksPath=/dev/null -c core.fsmonitor=false read-tree -m -u "$@"; }
commit() { # TREE MESSAGE, as the user would, with hooks and signature
  bring HEAD "$1"
  noted -c user.useConfigOnly=true commit -q --cleanup=whitespace -m "$2" || die "git commit failed; try --apply"
  git rev-parse 'HEAD^{tree}' >> "$state/trees"
  [ "$(tail -n 1 "$state/trees")" = "$1" ] || die "a hook changed what was committed; use --apply and commit yourself"
  git rev-parse HEAD
}
undo() { # from where --apply ended, or from anywhere half-way
  local lock head; head=$(git rev-parse HEAD)
  if [ -e "$state/done" ]; then
    [ "$head" = "$start" ] || die "it is committed; use git revert or git reset --hard $start"
    git read-tree -m -u -n "$tree" "$start" || die "not undone, see above; git diff $tree shows what changed since"
    rm -f -- "$state/done"; bring "$tree" "$start"
  else
    case $(ps -o stat= -p "$(cat "$state/process")" 2> /dev/null) in [!Z]*) die "git is still at work on it; wait" ;; esac
    git log --format=%T "$start.." | { grep -v -x -F -f "$state/trees" || :; } | die_of "later commits are not of this script"
    for lock in index HEAD "$(git symbolic-ref -q HEAD)"; do
      lock=$(git rev-parse --git-path "$lock").lock; [ ! -e "$lock" ] || { sleep 1; rm -f -- "$lock"; }
    done
    git diff-tree -r -z --no-renames --diff-filter=A --name-only "$start" "$tree" | git update-index --add --remove -z --stdin
    [ "$verb" != --undo ] || say "what lay here half-way is kept: git show $(git stash create)"
    git read-tree --reset -u "$start"
    [ "$head" = "$start" ] || git update-ref -m "reorganize.sh --undo" HEAD "$start" "$head"
  fi
  rm -rf -- "$state"
}
ended() {
  local status=$?; trap '' EXIT INT TERM HUP; cd -- "$top"
  if [ "$begun" = yes ] && [ ! -e "$state/done" ]; then (set -e; undo; say "it stopped half-way; everything is put back" >&2)
  elif [ "$status" -gt 2 ] && [ "$status" -lt 130 ]; then say "stopped by the error above; nothing was changed" >&2; fi
  rm -rf -- "$work"
  exit "$((status > 2 && status < 130 ? 1 : status))"
}

usage() { sed -n '3,/^$/s/^# \{0,1\}//p' "$0"; }
verb=${1---check} begun=no
case $#$verb in [01]--check | 1--apply | 1--commit | 1--undo) ;; 1--help) usage; exit ;; *) usage >&2; exit 2 ;; esac
unset CDPATH GIT_DIR GIT_COMMON_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES
top=$(git rev-parse --show-toplevel) || die "cd into the checkout to change"; cd -- "$top"
state=$(git rev-parse --absolute-git-dir)/reorganize objects=$(cd "$(git rev-parse --git-path objects)" && pwd -P)
start=$(git rev-parse -q --verify HEAD) || die "this repository has no commit yet"
work=$(mktemp -d "${TMPDIR:-/tmp}/reorganize.XXXXXX") && trap ended EXIT && trap 'exit 130' INT && trap 'exit 143' TERM HUP
if [ -e "$state/tree" ]; then
  start=$(cat "$state/start") tree=$(cat "$state/tree")
  if [ "$verb" = --undo ]; then undo; say "everything is as it was"; exit; fi
  [ -e "$state/done" ] || die "an earlier run was cut off; run it with --undo first"
  if [ "$(git write-tree)" = "$tree" ]; then
    if [ "$verb" != --commit ] || git diff --cached --quiet; then say "this is done already"; exit; fi
    git diff --name-only | die_of "commit or stash what changed since --apply first"
    undo # and what it staged is made anew, commit by commit
  fi
fi
if [ "$verb" = --undo ]; then say "there is nothing to undo"; exit; fi
start=$(git rev-parse HEAD); make
if [ "$verb" = --check ]; then say "nothing is in the way, and nothing was changed"; exit; fi
rm -rf -- "$state" && mkdir -- "$state" && begun=yes
echo "$start" > "$state/start" && printf '%s\n' "$moved" "$tree" > "$state/trees" && echo "$tree" > "$state/tree"
[ "$verb" = --commit ] || bring HEAD "$tree"
[ "$verb" = --apply ] || { commit "$moved" "$MESSAGE"; [ "$moved" = "$tree" ] || commit "$tree" "$SPLIT_MESSAGE"; }
: > "$state/done" && say "$DONE"
