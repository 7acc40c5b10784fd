#!/usr/bin/env bash
#
# reorganize.sh: give the modules of reorg_lib their new places
#
#   bash reorganize.sh            dry run: work in a scratch copy only, change nothing
#   bash reorganize.sh --apply    move and rewrite; staged, not committed
#   bash reorganize.sh --commit   the same, committed
#   bash reorganize.sh --undo     back to where --apply started, also after a crash
#
# 21 files move; 67 are rewritten.
# Only names change: imports, and texts that name a module or its path. Names outside
# the repository (queued jobs, deployed settings) are not updated.
# It needs bash, git and sed; no code of the repository runs (but git hooks at --commit).
#
# Everything is done in a scratch copy first. Your checkout changes only at the end, and
# only if the result is, byte for byte, what was tested when this script was generated.

set -euo pipefail
REVIEWED=276cbcfc4102fa32fc3605da618133ab7f8459ff # the commit that was reviewed
RESULT=b21f681c7bcd85464bb3c61a9f919ecc8e140f4b # hash over path, mode and content of all changes
MESSAGE='Give the modules of reorg_lib their new places

21 files move; 67 are rewritten. Only names change, no logic.
Files moved to export/ 1, to git/ 1, to guardrails/ 1, to hazards/ 3, to
model/ 1, to plan/ 3, to proof/ 1, to rewrite/ 3, to script/ 1, to
survey/ 1, to tests/unit/hazards/reading/ 1, to views/ 2, and 2 to 2
other folders.
Made by reorganize.sh, reviewed at 276cbcfc4102fa32fc3605da618133ab7f8459ff.'
DONE='done; git status, git diff --cached -M or git log show it'

# ---- 1. moves: from, to, why

moves() {

  # export/
  git mv reorg_lib/export/branch_update.py              reorg_lib/export/branch_merge.py                  # two of three readers guessed the name wrong

  # git/
  git mv reorg_lib/git/checkout.py                      reorg_lib/git/working_tree.py                     # two of three readers guessed the name wrong

  # guardrails/
  git mv reorg_lib/guardrails/documents.py              reorg_lib/guardrails/document_sections.py         # two of three readers guessed the name wrong

  # hazards/
  git mv reorg_lib/hazards/reading/code.py              reorg_lib/hazards/reading/parsed_file.py          # two of three readers guessed the name wrong
  git mv reorg_lib/hazards/reading/expressions.py       reorg_lib/hazards/reading/static_values.py        # the same
  git mv reorg_lib/hazards/reading/once.py              reorg_lib/hazards/reading/cached_readings.py      # the same

  # model/
  git mv reorg_lib/model/changes.py                     reorg_lib/model/changeset.py                      # two of three readers guessed the name wrong

  # plan/
  git mv reorg_lib/plan/proposal/concerns.py            reorg_lib/plan/proposal/concern_assignment.py     # two of three readers guessed the name wrong
  git mv reorg_lib/plan/proposal/context_split.py       reorg_lib/plan/proposal/split_by_context.py       # the same
  git mv reorg_lib/plan/proposal/wiring_ties.py         reorg_lib/plan/proposal/wiring_evidence.py        # the same

  # proof/
  git mv reorg_lib/proof/reading/local_names.py         reorg_lib/proof/reading/import_bindings.py        # two of three readers guessed the name wrong

  # rewrite/
  git mv reorg_lib/rewrite/changeset.py                 reorg_lib/rewrite/build_changeset.py              # two of three readers guessed the name wrong
  git mv reorg_lib/rewrite/split/certain_bindings.py    reorg_lib/rewrite/split/definite_assignment.py    # the same
  git mv reorg_lib/rewrite/split/users.py               reorg_lib/rewrite/split/used_names.py             # the same

  # script/
  git mv reorg_lib/script/branch_names.py               reorg_lib/script/branch_renames.py                # two of three readers guessed the name wrong

  # survey/
  git mv reorg_lib/survey/filed_modules.py              reorg_lib/survey/module_places.py                 # two of three readers guessed the name wrong

  # tests/unit/hazards/reading/
  git mv tests/unit/hazards/reading/test_code.py        tests/unit/hazards/reading/test_parsed_file.py    # tests mirror the packages

  # tests/unit/plan/proposal/
  git mv tests/unit/plan/proposal/test_context_split.py tests/unit/plan/proposal/test_split_by_context.py # tests mirror the packages

  # tests/unit/rewrite/split/
  git mv tests/unit/rewrite/split/test_users.py         tests/unit/rewrite/split/test_used_names.py       # tests mirror the packages

  # views/
  git mv reorg_lib/views/tables/frame.py                reorg_lib/views/tables/data_frame.py              # two of three readers guessed the name wrong
  git mv reorg_lib/views/tables/frames.py               reorg_lib/views/tables/result_tables.py           # the same
}

# ---- 3. rewrites: edits of one file by line number, then the rules that files share

rewrites() {
  local rules; rules=$(rules)
  edit docs/own-reorganisation/reorganize.sh '
581b
628b
715b
735b
'"$rules"
  edit reorg_lib/git/__init__.py '9s/\.checkout/.working_tree/'
  edit reorg_lib/git/repository.py '18s/\.checkout/.working_tree/'
  edit reorg_lib/guardrails/file_changes.py '11s/reorg_lib\.guardrails\.documents/reorg_lib.guardrails.document_sections/'
  edit reorg_lib/model/__init__.py '13s/\.changes/.changeset/'
  edit reorg_lib/plan/proposal/concern_assignment.py '24s/reorg_lib\.plan\.proposal\.wiring_ties/reorg_lib.plan.proposal.wiring_evidence/'
  edit reorg_lib/plan/proposal/propose.py '18s/reorg_lib\.plan\.proposal\.concerns/reorg_lib.plan.proposal.concern_assignment/'
  edit reorg_lib/proof/reading/normal_form.py '18s/reorg_lib\.proof\.reading\.local_names/reorg_lib.proof.reading.import_bindings/'
  edit reorg_lib/rewrite/build_changeset.py '43s/reorg_lib\.rewrite\.split\.users/reorg_lib.rewrite.split.used_names/'
  edit reorg_lib/rewrite/split/units.py '19s/reorg_lib\.rewrite\.split\.certain_bindings/reorg_lib.rewrite.split.definite_assignment/'
  edit reorg_lib/survey/findings.py '23s/reorg_lib\.survey\.filed_modules/reorg_lib.survey.module_places/'
  edit reorg_lib/views/tables/survey_tables.py '13s/frames/result_tables/'
  edit tests/unit/rewrite/test_forms.py '131s/test_users\.py/test_used_names.py/'
  edit tests/unit/views/tables/test_tables.py '25s/frames/result_tables/'

  sed -i.before -e "$rules" -- \
    docs/own-reorganisation/certificate.md docs/own-reorganisation/plan.toml reorg_lib/cli.py \
    reorg_lib/export/deliver.py reorg_lib/hazards/kinds/import_time/import_order.py \
    reorg_lib/hazards/kinds/imports/composed_name.py \
    reorg_lib/hazards/kinds/imports/dynamic_import.py reorg_lib/hazards/kinds/imports/lazy_import.py \
    reorg_lib/hazards/kinds/imports/lazy_submodule.py \
    reorg_lib/hazards/kinds/imports/module_discovery.py \
    reorg_lib/hazards/kinds/imports/name_prefix.py \
    reorg_lib/hazards/kinds/imports/name_through_another.py \
    reorg_lib/hazards/kinds/imports/named_submodule.py \
    reorg_lib/hazards/kinds/imports/package_passed_on.py \
    reorg_lib/hazards/kinds/imports/package_scanned.py \
    reorg_lib/hazards/kinds/imports/wired_module.py reorg_lib/hazards/kinds/names/chain_in_text.py \
    reorg_lib/hazards/kinds/names/reference_by_name.py reorg_lib/hazards/kinds/names/replaced_name.py \
    reorg_lib/hazards/kinds/paths/folder_listing.py reorg_lib/hazards/kinds/paths/joined_path.py \
    reorg_lib/hazards/kinds/paths/web_folder.py reorg_lib/hazards/kinds/tools/lost_fixture.py \
    reorg_lib/hazards/kinds/tools/task_discovery.py reorg_lib/hazards/reading/class_identity.py \
    reorg_lib/hazards/reading/composed_text_files.py reorg_lib/hazards/reading/context.py \
    reorg_lib/hazards/reading/static_values.py reorg_lib/hazards/reading/folder_expressions.py \
    reorg_lib/hazards/reading/load_graph.py reorg_lib/hazards/reading/moved_paths.py \
    reorg_lib/hazards/reading/package_data_reads.py reorg_lib/hazards/reading/package_uses.py \
    reorg_lib/hazards/reading/settings_texts.py reorg_lib/plan/proposal/propose.py \
    reorg_lib/script/render.py reorg_lib/script/update_branch.py reorg_lib/views/board/preview.py \
    reorg_lib/views/tables/result_tables.py reorg_lib/views/tables/impact.py \
    reorg_lib/views/tables/survey_tables.py reorg_lib/workbench.py tests/functional/random_plans.py \
    tests/functional/test_guardrail.py tests/functional/test_impact.py \
    tests/functional/test_random_splits.py tests/functional/test_script_splits.py \
    tests/functional/test_update_branch.py tests/fuzz/fuzz_rewriter.py \
    tests/unit/hazards/reading/test_parsed_file.py tests/unit/plan/proposal/test_split_by_context.py \
    tests/unit/proof/test_points_of_splits.py tests/unit/rewrite/split/test_used_names.py \
    tests/unit/rewrite/test_cases.py tests/unit/rewrite/test_text_names.py
}

rules() {
  cat << 'SED'
# elsewhere
s|tests/unit/hazards/reading/test_code\.py|tests/unit/hazards/reading/test_parsed_file.py|g
s|tests/unit/plan/proposal/test_context_split\.py|tests/unit/plan/proposal/test_split_by_context.py|g
s|tests/unit/rewrite/split/test_users\.py|tests/unit/rewrite/split/test_used_names.py|g
# export
s/reorg_lib\.export\.branch_update/reorg_lib.export.branch_merge/g
# export, as paths
s|reorg_lib/export/branch_update\.py|reorg_lib/export/branch_merge.py|g
# git, as paths
s|reorg_lib/git/checkout\.py|reorg_lib/git/working_tree.py|g
# guardrails, as paths
s|reorg_lib/guardrails/documents\.py|reorg_lib/guardrails/document_sections.py|g
# hazards
s/reorg_lib\.hazards\.reading\.code/reorg_lib.hazards.reading.parsed_file/g
s/reorg_lib\.hazards\.reading\.expressions/reorg_lib.hazards.reading.static_values/g
s/reorg_lib\.hazards\.reading\.once/reorg_lib.hazards.reading.cached_readings/g
# hazards, as paths
s|reorg_lib/hazards/reading/code\.py|reorg_lib/hazards/reading/parsed_file.py|g
s|reorg_lib/hazards/reading/expressions\.py|reorg_lib/hazards/reading/static_values.py|g
s|reorg_lib/hazards/reading/once\.py|reorg_lib/hazards/reading/cached_readings.py|g
# model, as paths
s|reorg_lib/model/changes\.py|reorg_lib/model/changeset.py|g
# plan
s/reorg_lib\.plan\.proposal\.context_split/reorg_lib.plan.proposal.split_by_context/g
# plan, as paths
s|reorg_lib/plan/proposal/concerns\.py|reorg_lib/plan/proposal/concern_assignment.py|g
s|reorg_lib/plan/proposal/context_split\.py|reorg_lib/plan/proposal/split_by_context.py|g
s|reorg_lib/plan/proposal/wiring_ties\.py|reorg_lib/plan/proposal/wiring_evidence.py|g
# proof, as paths
s|reorg_lib/proof/reading/local_names\.py|reorg_lib/proof/reading/import_bindings.py|g
# rewrite
s/reorg_lib\.rewrite\.changeset/reorg_lib.rewrite.build_changeset/g
# rewrite, as paths
s|reorg_lib/rewrite/changeset\.py|reorg_lib/rewrite/build_changeset.py|g
s|reorg_lib/rewrite/split/certain_bindings\.py|reorg_lib/rewrite/split/definite_assignment.py|g
s|reorg_lib/rewrite/split/users\.py|reorg_lib/rewrite/split/used_names.py|g
# script
s/reorg_lib\.script\.branch_names/reorg_lib.script.branch_renames/g
# script, as paths
s|reorg_lib/script/branch_names\.py|reorg_lib/script/branch_renames.py|g
# survey, as paths
s|reorg_lib/survey/filed_modules\.py|reorg_lib/survey/module_places.py|g
# views
s/reorg_lib\.views\.tables\.frames/reorg_lib.views.tables.result_tables/g
s/reorg_lib\.views\.tables\.frame/reorg_lib.views.tables.data_frame/g
# views, as paths
s|reorg_lib/views/tables/frame\.py|reorg_lib/views/tables/data_frame.py|g
s|reorg_lib/views/tables/frames\.py|reorg_lib/views/tables/result_tables.py|g
SED
}

reorganize() {
  moves
  rewrites
}
split() {
  :
}

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
