#!/usr/bin/env bash
#
# reorganize.sh: give the modules of reorg_lib their new places
#
#   bash reorganize.sh            dry run: make it all in a scratch copy, change nothing
#   bash reorganize.sh --apply    move and rewrite; staged, not committed
#   bash reorganize.sh --commit   the same, committed: the moves and rewrites first, then the splits
#   bash reorganize.sh --undo     back to where --apply started, also after a crash
#
# 288 files move; 312 are rewritten; 15 are new; 8 parts of reorg_lib/model/__init__.py get files of their own; 4 parts of reorg_lib/git/__init__.py get files of their own.
# Only names change: imports, and texts that name a module or its path. Names outside
# of the repository (queued jobs, deployed settings) are not updated.
# It needs bash, git and sed; no code of the repository runs (but git hooks at --commit).
#
# Everything is made in a scratch copy first. Your checkout changes at the very end, and
# only if the result is, byte for byte, what was tested when this script was generated.

set -euo pipefail
REVIEWED=c9c4756fa8fb95c0f6cfb43d99a53d45a3b7219d # the commit that was reviewed
RESULT=e44afa3f72d73a5cf2ff6738de1777bcaea4cf12 # hash over path, mode and content of all changes
MOVED=1934b305c461e4d6e31f6b46d898405e5492a76a # the same, before the splits
MESSAGE='Give the modules of reorg_lib their new places

288 files move; 312 are rewritten; 15 are new; 8 parts of reorg_lib/model/__init__.py get files of their own; 4 parts of reorg_lib/git/__init__.py get files of their own. Only names change, no logic.
Files moved to export/ 3, to files/ 2, to git/ 1, to guardrails/ 9, to hazards/ 89, to model/ 1, to plan/ 10, to proof/ 26, to python/ 7, to reorg_lib/ 1, to rewrite/ 22, to script/ 13, to survey/ 9, to tests/unit/export/ 1, to tests/unit/files/ 1, to tests/unit/guardrails/ 2, to tests/unit/hazards/reading/ 1, to tests/unit/plan/ 3, to tests/unit/plan/proposal/ 3, to tests/unit/proof/ 4, to tests/unit/proof/reading/ 2, to tests/unit/proof/tools/ 3, to tests/unit/python/ 4, to tests/unit/rewrite/ 1, to tests/unit/rewrite/split/ 3, to tests/unit/script/sed/ 1, to tests/unit/survey/ 3, to tests/unit/text_references/ 2, to tests/unit/views/board/ 4, to tests/unit/views/graph/ 6, to tests/unit/views/notebook/ 4, to tests/unit/views/tables/ 1, to text_references/ 18, to views/ 28.
Made by reorganize.sh, reviewed at c9c4756fa8fb95c0f6cfb43d99a53d45a3b7219d.'
DONE='done; git status, git diff --cached -M or git log show it'
SPLIT_MESSAGE='Split modules into packages of the same name

Made by reorganize.sh, reviewed at c9c4756fa8fb95c0f6cfb43d99a53d45a3b7219d.'
REUSED_NAMES='reorg_lib.rewrite.split reorg_lib.views.board reorg_lib.views.graph reorg_lib.views.tables' # old names that another module has afterwards

# ---- 1. moves: from, to, why

moves() {
  mkdir -p -- reorg_lib/files reorg_lib/git reorg_lib/guardrails reorg_lib/hazards/kinds/import_time
  mkdir -p -- reorg_lib/hazards/kinds/imports reorg_lib/hazards/kinds/names reorg_lib/hazards/kinds/paths
  mkdir -p -- reorg_lib/hazards/kinds/tools reorg_lib/hazards/reading reorg_lib/model reorg_lib/plan/proposal
  mkdir -p -- reorg_lib/proof/reading reorg_lib/proof/tools reorg_lib/python reorg_lib/rewrite/split
  mkdir -p -- reorg_lib/script/sed reorg_lib/text_references reorg_lib/views/board reorg_lib/views/graph
  mkdir -p -- reorg_lib/views/notebook reorg_lib/views/tables tests/unit/files tests/unit/guardrails
  mkdir -p -- tests/unit/plan/proposal tests/unit/proof/reading tests/unit/proof/tools tests/unit/python
  mkdir -p -- tests/unit/rewrite/split tests/unit/script/sed tests/unit/text_references tests/unit/views/board
  mkdir -p -- tests/unit/views/graph tests/unit/views/notebook tests/unit/views/tables

  # export/
  git mv reorg_lib/export/certificate.py                            reorg_lib/export/certificate_text.py                   # export: what is handed over
  git mv reorg_lib/export/handover.py                               reorg_lib/export/deliver.py                            # the same
  git mv reorg_lib/export/summary.py                                reorg_lib/export/plan_text.py                          # the same

  # files/
  git mv reorg_lib/plan/lock.py                                     reorg_lib/files/exclusive_lock.py                      # files: locks and caches on disk, below everything that uses them
  git mv reorg_lib/survey/cache.py                                  reorg_lib/files/cache.py                               # the same

  # git/
  git mv reorg_lib/repository.py                                    reorg_lib/git/__init__.py                              # the only code that calls git: reading, merging, checking out

  # guardrails/
  git mv reorg_lib/export/guardrail.py                              reorg_lib/guardrails/file_changes.py                   # guardrails: what keeps the layout from drifting
  git mv reorg_lib/export/guardrail_documents.py                    reorg_lib/guardrails/document_sections.py                      # the same
  git mv reorg_lib/export/layout_test.py                            reorg_lib/guardrails/layout_test.py                    # the same
  git mv reorg_lib/export/test_layout.py.in                         reorg_lib/guardrails/test_layout.py.in                 # read from its own package
  git mv reorg_lib/export/tree.py                                   reorg_lib/guardrails/tree_drawing.py                   # guardrails: what keeps the layout from drifting
  git mv reorg_lib/plan/check.py                                    reorg_lib/guardrails/check.py                          # the same
  git mv reorg_lib/plan/guardrails.py                               reorg_lib/guardrails/proposal.py                       # the same
  git mv reorg_lib/plan/rule.py                                     reorg_lib/guardrails/rule.py                           # the same
  git mv reorg_lib/plan/structure.py                                reorg_lib/guardrails/drawn_tree.py                     # the same

  # hazards/
  git mv reorg_lib/plan/climbs.py                                   reorg_lib/hazards/reading/parent_depth.py              # hazards: what a move would break that no import rewrite can see
  git mv reorg_lib/plan/hazard_kinds/__init__.py                    reorg_lib/hazards/kinds/__init__.py                    # the same
  git mv reorg_lib/plan/hazard_kinds/import_time/{__init__,import_order,init_may_refuse}.py reorg_lib/hazards/kinds/import_time/                   # the same
  git mv reorg_lib/plan/hazard_kinds/import_time/{lost_registration,package_init}.py reorg_lib/hazards/kinds/import_time/                   # the same
  git mv reorg_lib/plan/hazard_kinds/import_time/target_metadata.py reorg_lib/hazards/kinds/import_time/target_metadata.py # the same
  git mv reorg_lib/plan/hazard_kinds/imports/{__init__,composed_name,dynamic_import}.py reorg_lib/hazards/kinds/imports/                       # the same
  git mv reorg_lib/plan/hazard_kinds/imports/{lazy_import,lazy_submodule,module_discovery}.py reorg_lib/hazards/kinds/imports/                       # the same
  git mv reorg_lib/plan/hazard_kinds/imports/{name_prefix,name_through_another}.py reorg_lib/hazards/kinds/imports/                       # the same
  git mv reorg_lib/plan/hazard_kinds/imports/{named_submodule,package_passed_on}.py reorg_lib/hazards/kinds/imports/                       # the same
  git mv reorg_lib/plan/hazard_kinds/imports/{package_scanned,run_package,second_name}.py reorg_lib/hazards/kinds/imports/                       # the same
  git mv reorg_lib/plan/hazard_kinds/imports/{shadowed_import,shadowed_name}.py reorg_lib/hazards/kinds/imports/                       # the same
  git mv reorg_lib/plan/hazard_kinds/imports/{shared_name,sibling_import,star_submodule}.py reorg_lib/hazards/kinds/imports/                       # the same
  git mv reorg_lib/plan/hazard_kinds/imports/wired_module.py        reorg_lib/hazards/kinds/imports/wired_module.py        # the same
  git mv reorg_lib/plan/hazard_kinds/names/{__init__,case_rename,chain_in_text,django_app}.py reorg_lib/hazards/kinds/names/                         # the same
  git mv reorg_lib/plan/hazard_kinds/names/{identity_by_name,import_in_text}.py reorg_lib/hazards/kinds/names/                         # the same
  git mv reorg_lib/plan/hazard_kinds/names/{logger_name,lost_name,mapped_by_name}.py reorg_lib/hazards/kinds/names/                         # the same
  git mv reorg_lib/plan/hazard_kinds/names/{module_pattern,name_handed_on}.py reorg_lib/hazards/kinds/names/                         # the same
  git mv reorg_lib/plan/hazard_kinds/names/{name_taken_apart,reference_by_name}.py reorg_lib/hazards/kinds/names/                         # the same
  git mv reorg_lib/plan/hazard_kinds/names/{replaced_name,silent_name,stored_name}.py reorg_lib/hazards/kinds/names/                         # the same
  git mv reorg_lib/plan/hazard_kinds/names/task_name.py             reorg_lib/hazards/kinds/names/task_name.py             # the same
  git mv reorg_lib/plan/hazard_kinds/paths/{__init__,data_left,file_anchor,folder_listing}.py reorg_lib/hazards/kinds/paths/                         # the same
  git mv reorg_lib/plan/hazard_kinds/paths/{ignored_place,joined_path,module_file}.py reorg_lib/hazards/kinds/paths/                         # the same
  git mv reorg_lib/plan/hazard_kinds/paths/{named_beside,package_data,partial_path}.py reorg_lib/hazards/kinds/paths/                         # the same
  git mv reorg_lib/plan/hazard_kinds/paths/{path_by_variable,path_from_folder}.py reorg_lib/hazards/kinds/paths/                         # the same
  git mv reorg_lib/plan/hazard_kinds/paths/{path_pattern,shipped_data,symlink}.py reorg_lib/hazards/kinds/paths/                         # the same
  git mv reorg_lib/plan/hazard_kinds/paths/web_folder.py            reorg_lib/hazards/kinds/paths/web_folder.py            # the same
  git mv reorg_lib/plan/hazard_kinds/tools/{__init__,extension_module,found_by_place}.py reorg_lib/hazards/kinds/tools/                         # the same
  git mv reorg_lib/plan/hazard_kinds/tools/{lost_fixture,namespace_folder,no_build_file}.py reorg_lib/hazards/kinds/tools/                         # the same
  git mv reorg_lib/plan/hazard_kinds/tools/{same_test_name,task_discovery}.py reorg_lib/hazards/kinds/tools/                         # the same
  git mv reorg_lib/plan/hazard_kinds/tools/test_not_collected.py    reorg_lib/hazards/kinds/tools/test_not_collected.py    # the same
  git mv reorg_lib/plan/hazard_reading/{__init__,class_identity,code,composed_text_files}.py reorg_lib/hazards/reading/                             # the same
  git mv reorg_lib/plan/hazard_reading/{context,expressions,folder_expressions,globs}.py reorg_lib/hazards/reading/                             # the same
  git mv reorg_lib/plan/hazard_reading/{imported_names,list_items,load_graph}.py reorg_lib/hazards/reading/                             # the same
  git mv reorg_lib/plan/hazard_reading/{moved_paths,name_parts,once,package_data_reads}.py reorg_lib/hazards/reading/                             # the same
  git mv reorg_lib/plan/hazard_reading/{package_uses,pattern_changes,relative_names}.py reorg_lib/hazards/reading/                             # the same
  git mv reorg_lib/plan/hazard_reading/settings_texts.py            reorg_lib/hazards/reading/settings_texts.py            # the same
  git mv reorg_lib/plan/hazards.py                                  reorg_lib/hazards/find.py                              # the same

  # model/
  git mv reorg_lib/model.py                                         reorg_lib/model/__init__.py                            # the records, by the room that makes them

  # plan/
  git mv reorg_lib/plan/{backends,concerns}.py                      reorg_lib/plan/proposal/                               # plan/proposal: the rules by which steps are proposed
  git mv reorg_lib/plan/document.py                                 reorg_lib/plan/plan_document.py                        # plan: named by what it holds
  git mv reorg_lib/plan/metrics.py                                  reorg_lib/plan/layout_metrics.py                       # the same
  git mv reorg_lib/plan/planfile.py                                 reorg_lib/plan/plan_file.py                            # the same
  git mv reorg_lib/plan/propose.py                                  reorg_lib/plan/proposal/propose.py                     # plan/proposal: the rules by which steps are proposed
  git mv reorg_lib/plan/roles.py                                    reorg_lib/plan/proposal/database_roles.py              # the same
  git mv reorg_lib/plan/split_by_context.py                         reorg_lib/plan/proposal/split_by_context.py               # the same
  git mv reorg_lib/plan/validate.py                                 reorg_lib/plan/validation.py                           # plan: named by what it holds
  git mv reorg_lib/plan/wires.py                                    reorg_lib/plan/proposal/wiring_evidence.py                 # plan/proposal: the rules by which steps are proposed

  # proof/
  git mv reorg_lib/export/after_names.py                            reorg_lib/proof/reading/new_names.py                   # proof: judges a result and imports nothing of what made it
  git mv reorg_lib/export/complaints.py                             reorg_lib/proof/tools/diagnostics.py                   # the same
  git mv reorg_lib/export/cycles.py                                 reorg_lib/proof/import_cycles.py                       # the same
  git mv reorg_lib/export/documentation.py                          reorg_lib/proof/tools/documentation_build.py           # the same
  git mv reorg_lib/export/file_imports.py                           reorg_lib/proof/reading/import_bindings.py                 # the same
  git mv reorg_lib/export/grammar.py                                reorg_lib/proof/reading/syntax_tree.py                 # the same
  git mv reorg_lib/export/image.py                                  reorg_lib/proof/expected_names.py                      # the same
  git mv reorg_lib/export/import_roots.py                           reorg_lib/proof/reading/import_roots.py                # the same
  git mv reorg_lib/export/logic.py                                  reorg_lib/proof/reading/normal_form.py                 # the same
  git mv reorg_lib/export/newer_syntax.py                           reorg_lib/proof/reading/newer_syntax.py                # the same
  git mv reorg_lib/export/old_names.py                              reorg_lib/proof/leftover_names.py                      # the same
  git mv reorg_lib/export/other_code_form.py                        reorg_lib/proof/reading/stubs_and_notebooks.py         # the same
  git mv reorg_lib/export/outcomes.py                               reorg_lib/proof/tools/test_outcomes.py                 # the same
  git mv reorg_lib/export/proof.py                                  reorg_lib/proof/points.py                              # the same
  git mv reorg_lib/export/proof_of_imports.py                       reorg_lib/proof/import_points.py                       # the same
  git mv reorg_lib/export/proof_of_logic.py                         reorg_lib/proof/logic_point.py                         # the same
  git mv reorg_lib/export/proof_of_names.py                         reorg_lib/proof/name_point.py                          # the same
  git mv reorg_lib/export/pydeps_guard.py                           reorg_lib/proof/tools/pydeps_guard.py                  # the same
  git mv reorg_lib/export/reading.py                                reorg_lib/proof/reading/source_tree.py                 # the same
  git mv reorg_lib/export/reading_ahead.py                          reorg_lib/proof/reading/reading_ahead.py               # the same
  git mv reorg_lib/export/rehearsal.py                              reorg_lib/proof/rehearsal.py                           # the same
  git mv reorg_lib/export/renames.py                                reorg_lib/proof/detected_renames.py                    # the same
  git mv reorg_lib/export/shadows.py                                reorg_lib/proof/reading/name_scopes.py                 # the same
  git mv reorg_lib/export/trial.py                                  reorg_lib/proof/tools/test_runs.py                     # the same
  git mv reorg_lib/export/type_check.py                             reorg_lib/proof/tools/type_check.py                    # the same
  git mv reorg_lib/export/witness.py                                reorg_lib/proof/tools/pydeps_witness.py                # the same

  # python/
  git mv reorg_lib/survey/anchors.py                                reorg_lib/python/file_anchors.py                       # python: what one Python file says
  git mv reorg_lib/survey/bindings.py                               reorg_lib/python/bindings.py                           # the same
  git mv reorg_lib/survey/handing.py                                reorg_lib/python/di_registrations.py                   # the same
  git mv reorg_lib/survey/names.py                                  reorg_lib/python/dotted_names.py                       # the same
  git mv reorg_lib/survey/{parsing,second_reader,syntax}.py         reorg_lib/python/                                      # the same

  # reorg_lib/
  git mv reorg_lib/survey/circles.py                                reorg_lib/cycles.py                                    # python: what one Python file says

  # rewrite/
  git mv reorg_lib/rewrite/attributes.py                            reorg_lib/rewrite/attribute_chains.py                  # rewrite: named by what it writes
  git mv reorg_lib/rewrite/bindings.py                              reorg_lib/rewrite/libcst_bindings.py                   # the same
  git mv reorg_lib/rewrite/collisions.py                            reorg_lib/rewrite/name_collisions.py                   # the same
  git mv reorg_lib/rewrite/imports.py                               reorg_lib/rewrite/import_renaming.py                   # the same
  git mv reorg_lib/rewrite/other_code.py                            reorg_lib/rewrite/stubs_and_notebooks.py               # the same
  git mv reorg_lib/rewrite/renaming.py                              reorg_lib/rewrite/name_map.py                          # the same
  git mv reorg_lib/rewrite/split.py                                 reorg_lib/rewrite/split/split_module.py                # rewrite/split: one module cut into a package
  git mv reorg_lib/rewrite/split_hints.py                           reorg_lib/rewrite/split/annotations.py                 # the same
  git mv reorg_lib/rewrite/split_imports.py                         reorg_lib/rewrite/split/part_imports.py                # the same
  git mv reorg_lib/rewrite/split_kinds.py                           reorg_lib/rewrite/split/statement_kinds.py             # the same
  git mv reorg_lib/rewrite/split_names.py                           reorg_lib/rewrite/split/statement_names.py             # the same
  git mv reorg_lib/rewrite/split_needs.py                           reorg_lib/rewrite/split/part_needs.py                  # the same
  git mv reorg_lib/rewrite/split_order.py                           reorg_lib/rewrite/split/import_order.py                # the same
  git mv reorg_lib/rewrite/split_paths.py                           reorg_lib/rewrite/split/definite_assignment.py            # the same
  git mv reorg_lib/rewrite/split_place.py                           reorg_lib/rewrite/split/placement.py                   # the same
  git mv reorg_lib/rewrite/split_refusals.py                        reorg_lib/rewrite/split/refusals.py                    # the same
  git mv reorg_lib/rewrite/split_scopes.py                          reorg_lib/rewrite/split/scopes.py                      # the same
  git mv reorg_lib/rewrite/split_text.py                            reorg_lib/rewrite/split/part_text.py                   # the same
  git mv reorg_lib/rewrite/split_units.py                           reorg_lib/rewrite/split/units.py                       # the same
  git mv reorg_lib/rewrite/split_users.py                           reorg_lib/rewrite/split/used_names.py                       # the same
  git mv reorg_lib/rewrite/text.py                                  reorg_lib/rewrite/text_names.py                        # rewrite: named by what it writes
  git mv reorg_lib/rewrite/trees.py                                 reorg_lib/rewrite/libcst_parsing.py                    # the same

  # script/
  git mv reorg_lib/export/branch_rules.py                           reorg_lib/script/branch_renames.py                       # script: what a maintainer reads and runs
  git mv reorg_lib/export/frame.sh                                  reorg_lib/script/frame.sh                              # read from its own package
  git mv reorg_lib/export/lines.py                                  reorg_lib/script/sed/line_changes.py                   # script/sed: edits as a sed program
  git mv reorg_lib/export/moves.py                                  reorg_lib/script/move_lines.py                         # script: what a maintainer reads and runs
  git mv reorg_lib/export/script.py                                 reorg_lib/script/render.py                             # the same
  git mv reorg_lib/export/sed.py                                    reorg_lib/script/sed/program.py                        # script/sed: edits as a sed program
  git mv reorg_lib/export/sed_commands.py                           reorg_lib/script/sed/commands.py                       # the same
  git mv reorg_lib/export/sed_rules.py                              reorg_lib/script/sed/rules.py                          # the same
  git mv reorg_lib/export/shell.py                                  reorg_lib/script/quoting.py                            # script: what a maintainer reads and runs
  git mv reorg_lib/export/splits.py                                 reorg_lib/script/split_lines.py                        # the same
  git mv reorg_lib/export/steps.py                                  reorg_lib/script/move_order.py                         # the same
  git mv reorg_lib/export/update_branch.py                          reorg_lib/script/update_branch.py                      # the same
  git mv reorg_lib/export/update_branch.sh                          reorg_lib/script/update_branch.sh                      # read from its own package

  # survey/
  git mv reorg_lib/survey/contexts.py                               reorg_lib/survey/bounded_contexts.py                   # survey: named by what it finds
  git mv reorg_lib/survey/dialect.py                                reorg_lib/survey/database_dialect.py                   # the same
  git mv reorg_lib/survey/filed.py                                  reorg_lib/survey/module_places.py                      # the same
  git mv reorg_lib/survey/own_evidence.py                           reorg_lib/survey/technology_evidence.py                # the same
  git mv reorg_lib/survey/references.py                             reorg_lib/survey/text_mentions.py                      # the same
  git mv reorg_lib/survey/roots.py                                  reorg_lib/survey/import_roots.py                       # the same
  git mv reorg_lib/survey/scope.py                                  reorg_lib/survey/package_scope.py                      # the same
  git mv reorg_lib/survey/wiring.py                                 reorg_lib/survey/di_wiring.py                          # the same
  git mv reorg_lib/survey/wording.py                                reorg_lib/survey/phrases.py                            # the same

  # tests/unit/export/
  git mv tests/unit/export/test_certificate.py                      tests/unit/export/test_certificate_text.py             # tests mirror the packages

  # tests/unit/files/
  git mv tests/unit/survey/test_cache.py                            tests/unit/files/test_cache.py                         # tests mirror the packages

  # tests/unit/guardrails/
  git mv tests/unit/plan/test_rule.py                               tests/unit/guardrails/test_rule.py                     # tests mirror the packages
  git mv tests/unit/plan/test_structure.py                          tests/unit/guardrails/test_drawn_tree.py               # the same

  # tests/unit/hazards/reading/
  git mv tests/unit/plan/test_climbs.py                             tests/unit/hazards/reading/test_parent_depth.py        # tests mirror the packages

  # tests/unit/plan/
  git mv tests/unit/plan/test_metrics.py                            tests/unit/plan/test_layout_metrics.py                 # tests mirror the packages
  git mv tests/unit/plan/test_planfile.py                           tests/unit/plan/test_plan_file.py                      # the same
  git mv tests/unit/plan/test_validate.py                           tests/unit/plan/test_validation.py                     # the same

  # tests/unit/plan/proposal/
  git mv tests/unit/plan/{test_example,test_propose}.py             tests/unit/plan/proposal/                              # tests mirror the packages
  git mv tests/unit/plan/test_split_by_context.py                   tests/unit/plan/proposal/test_split_by_context.py         # the same

  # tests/unit/proof/
  git mv tests/unit/export/test_cycles.py                           tests/unit/proof/test_import_cycles.py                 # tests mirror the packages
  git mv tests/unit/export/test_proof.py                            tests/unit/proof/test_points.py                        # the same
  git mv tests/unit/export/test_proof_of_roots.py                   tests/unit/proof/test_import_points_of_roots.py        # the same
  git mv tests/unit/export/test_proof_of_splits.py                  tests/unit/proof/test_points_of_splits.py              # the same

  # tests/unit/proof/reading/
  git mv tests/unit/export/test_logic.py                            tests/unit/proof/reading/test_normal_form.py           # tests mirror the packages
  git mv tests/unit/export/test_reading.py                          tests/unit/proof/reading/test_source_tree.py           # the same

  # tests/unit/proof/tools/
  git mv tests/unit/export/test_complaints.py                       tests/unit/proof/tools/test_diagnostics.py             # tests mirror the packages
  git mv tests/unit/export/test_outcomes.py                         tests/unit/proof/tools/test_test_outcomes.py           # the same
  git mv tests/unit/export/test_witness.py                          tests/unit/proof/tools/test_pydeps_witness.py          # the same

  # tests/unit/python/
  git mv tests/unit/survey/test_names.py                            tests/unit/python/test_dotted_names.py                 # tests mirror the packages
  git mv tests/unit/survey/{test_parsing,test_syntax}.py            tests/unit/python/                                     # the same
  git mv tests/unit/test_bindings.py                                tests/unit/python/test_bindings.py                     # the same

  # tests/unit/rewrite/
  git mv tests/unit/rewrite/test_contexts.py                        tests/unit/rewrite/test_text_names.py                  # tests mirror the packages

  # tests/unit/rewrite/split/
  git mv tests/unit/rewrite/test_split.py                           tests/unit/rewrite/split/test_split_module.py          # tests mirror the packages
  git mv tests/unit/rewrite/test_split_running.py                   tests/unit/rewrite/split/test_split_programs.py        # the same
  git mv tests/unit/rewrite/test_split_users.py                     tests/unit/rewrite/split/test_used_names.py                 # the same

  # tests/unit/script/sed/
  git mv tests/unit/export/test_sed.py                              tests/unit/script/sed/test_program.py                  # tests mirror the packages

  # tests/unit/survey/
  git mv tests/unit/survey/test_references.py                       tests/unit/survey/test_text_mentions.py                # tests mirror the packages
  git mv tests/unit/survey/test_shapes.py                           tests/unit/survey/test_package_scope.py                # the same
  git mv tests/unit/survey/test_wiring.py                           tests/unit/survey/test_di_wiring.py                    # the same

  # tests/unit/text_references/
  git mv tests/unit/mentions/test_flow.py                           tests/unit/text_references/test_flow.py                # tests mirror the packages
  git mv tests/unit/mentions/test_tables.py                         tests/unit/text_references/test_rule_tables.py         # the same

  # tests/unit/views/board/
  git mv tests/unit/views/test_board.py                             tests/unit/views/board/test_board.py                   # tests mirror the packages
  git mv tests/unit/views/test_foresight.py                         tests/unit/views/board/test_preview.py                 # the same
  git mv tests/unit/views/test_journal.py                           tests/unit/views/board/test_undo_file.py               # the same
  git mv tests/unit/views/test_walkthrough.py                       tests/unit/views/board/test_walkthrough.py             # the same

  # tests/unit/views/graph/
  git mv tests/unit/views/test_graph.py                             tests/unit/views/graph/test_picture.py                 # tests mirror the packages
  git mv tests/unit/views/test_graph_data.py                        tests/unit/views/graph/test_data.py                    # the same
  git mv tests/unit/views/{test_layout,test_legend,test_live_graph}.py tests/unit/views/graph/                                # the same
  git mv tests/unit/views/test_witness.py                           tests/unit/views/graph/test_pydeps_picture.py          # the same

  # tests/unit/views/notebook/
  git mv tests/unit/views/{test_execute,test_progress,test_review_page}.py tests/unit/views/notebook/                             # tests mirror the packages
  git mv tests/unit/views/test_show.py                              tests/unit/views/notebook/test_display.py              # the same

  # tests/unit/views/tables/
  git mv tests/unit/views/test_tables.py                            tests/unit/views/tables/test_tables.py                 # tests mirror the packages

  # text_references/
  git mv reorg_lib/mentions/__init__.py                             reorg_lib/text_references/__init__.py                  # text_references: what a name in text means, for the rewriter and the proof
  git mv reorg_lib/mentions/calls.toml                              reorg_lib/text_references/calls.toml                   # read from its own package
  git mv reorg_lib/mentions/facts.py                                reorg_lib/text_references/file_facts.py                # text_references: what a name in text means, for the rewriter and the proof
  git mv reorg_lib/mentions/files.toml                              reorg_lib/text_references/files.toml                   # read from its own package
  git mv reorg_lib/mentions/flow.py                                 reorg_lib/text_references/name_flow.py                 # text_references: what a name in text means, for the rewriter and the proof
  git mv reorg_lib/mentions/given.py                                reorg_lib/text_references/argument_context.py          # the same
  git mv reorg_lib/mentions/grammar.py                              reorg_lib/text_references/grammar.py                   # the same
  git mv reorg_lib/mentions/judge.py                                reorg_lib/text_references/classifier.py                # the same
  git mv reorg_lib/mentions/keys.py                                 reorg_lib/text_references/settings_keys.py             # the same
  git mv reorg_lib/mentions/paths.py                                reorg_lib/text_references/path_references.py           # the same
  git mv reorg_lib/mentions/python_text.py                          reorg_lib/text_references/python_text.py               # the same
  git mv reorg_lib/mentions/slots.toml                              reorg_lib/text_references/slots.toml                   # read from its own package
  git mv reorg_lib/mentions/table.py                                reorg_lib/text_references/rule_tables.py               # text_references: what a name in text means, for the rewriter and the proof
  git mv reorg_lib/mentions/{texts.toml,tools.toml}                 reorg_lib/text_references/                             # read from its own package
  git mv reorg_lib/mentions/tree.py                                 reorg_lib/text_references/repository_tree.py           # text_references: what a name in text means, for the rewriter and the proof
  git mv reorg_lib/mentions/uses.py                                 reorg_lib/text_references/name_uses.py                 # the same
  git mv reorg_lib/mentions/words.toml                              reorg_lib/text_references/words.toml                   # read from its own package

  # views/
  git mv reorg_lib/views/{background,board}.py                      reorg_lib/views/board/                                 # views/board: the board and what stands beside it
  git mv reorg_lib/views/execute.py                                 reorg_lib/views/notebook/execute.py                    # views/notebook: what a notebook cell shows
  git mv reorg_lib/views/foresight.py                               reorg_lib/views/board/preview.py                       # views/board: the board and what stands beside it
  git mv reorg_lib/views/frame.py                                   reorg_lib/views/tables/data_frame.py                        # views/tables: what was found, as tables
  git mv reorg_lib/views/graph.py                                   reorg_lib/views/graph/picture.py                       # views/graph: the import graph, still and live
  git mv reorg_lib/views/graph_data.py                              reorg_lib/views/graph/data.py                          # the same
  git mv reorg_lib/views/history.py                                 reorg_lib/views/board/undo.py                          # views/board: the board and what stands beside it
  git mv reorg_lib/views/impact.py                                  reorg_lib/views/tables/impact.py                       # views/tables: what was found, as tables
  git mv reorg_lib/views/journal.py                                 reorg_lib/views/board/undo_file.py                     # views/board: the board and what stands beside it
  git mv reorg_lib/views/{layout,legend,live_graph}.py              reorg_lib/views/graph/                                 # views/graph: the import graph, still and live
  git mv reorg_lib/views/looks.py                                   reorg_lib/views/graph/colours.py                       # the same
  git mv reorg_lib/views/module_rows.py                             reorg_lib/views/tables/module_rows.py                  # views/tables: what was found, as tables
  git mv reorg_lib/views/moment.py                                  reorg_lib/views/graph/before_and_after.py              # views/graph: the import graph, still and live
  git mv reorg_lib/views/progress.py                                reorg_lib/views/notebook/progress.py                   # views/notebook: what a notebook cell shows
  git mv reorg_lib/views/review.py                                  reorg_lib/views/board/linked_graph.py                  # views/board: the board and what stands beside it
  git mv reorg_lib/views/review_page.py                             reorg_lib/views/notebook/review_page.py                # views/notebook: what a notebook cell shows
  git mv reorg_lib/views/review_tables.py                           reorg_lib/views/tables/review_tables.py                # views/tables: what was found, as tables
  git mv reorg_lib/views/rows.py                                    reorg_lib/views/board/rows.py                          # views/board: the board and what stands beside it
  git mv reorg_lib/views/script.py                                  reorg_lib/views/notebook/script.py                     # views/notebook: what a notebook cell shows
  git mv reorg_lib/views/show.py                                    reorg_lib/views/notebook/display.py                    # the same
  git mv reorg_lib/views/{survey_tables,table}.py                   reorg_lib/views/tables/                                # views/tables: what was found, as tables
  git mv reorg_lib/views/tables.py                                  reorg_lib/views/tables/result_tables.py                       # the same
  git mv reorg_lib/views/walkthrough.py                             reorg_lib/views/board/walkthrough.py                   # views/board: the board and what stands beside it
  git mv reorg_lib/views/witness.py                                 reorg_lib/views/graph/pydeps_picture.py                # views/graph: the import graph, still and live
}

# ---- 3. rewrites: edits of one file by line number, then the rules that files share

rewrites() {
  local rules; rules=$(rules)
  edit reorg_lib/text_references/argument_context.py '12s/reorg_lib\.mentions import/reorg_lib.text_references import rule_tables as/'
  edit reorg_lib/text_references/classifier.py '14s/reorg_lib\.mentions import/reorg_lib.text_references import rule_tables as/'
  edit reorg_lib/text_references/path_references.py '12s/reorg_lib\.mentions import/reorg_lib.text_references import rule_tables as/'
  edit reorg_lib/hazards/find.py '16s/reorg_lib\.plan import/reorg_lib.hazards import kinds as/'
  edit reorg_lib/views/tables/survey_tables.py '
13{
s/reorg_lib\.views import/reorg_lib.views.tables import frames as/
b
}
'"$rules"
  edit reorg_lib/views/tables/result_tables.py '
20{
s/reorg_lib\.views/reorg_lib.views.tables/
b
}
'"$rules"
  edit reorg_lib/workbench.py '20s/planfile/plan_file as planfile/'
  edit scripts/hazards_page.py '33s/reorg_lib\.plan import/reorg_lib.hazards import kinds as/'
  edit tests/functional/test_reliability.py '41s/handover/deliver as handover/'
  edit tests/functional/test_script.py '
671s/reorg_lib\.export/reorg_lib.script/;
682s/reorg_lib\.export/reorg_lib.script/'
  edit tests/unit/export/test_reading_ahead.py '10s/reorg_lib\.export import/reorg_lib.proof.reading import source_tree as/'
  edit tests/unit/proof/tools/test_pydeps_witness.py '11s/reorg_lib\.export import/reorg_lib.proof.tools import pydeps_witness as/'
  edit tests/unit/hazards/test_docstring_examples.py '10s/reorg_lib\.plan import hazard_kinds,/reorg_lib.hazards import kinds as hazard_kinds, find as/'
  edit tests/unit/plan/proposal/test_example.py '20s/\.parents\[3]/.parents[4]/'
  edit tests/unit/rewrite/test_forms.py '
14s/reorg_lib\.plan import/reorg_lib.hazards import find as/;
131s|test_split_users\.py|split" / "test_users.py|'
  edit tests/unit/python/test_parsing.py '10s/reorg_lib\.survey/reorg_lib.python/'
  edit tests/unit/views/tables/test_tables.py '
23{
s/reorg_lib\.views import/reorg_lib.views.tables import frames as/
b
}
'"$rules"
  edit tests/unit/views/graph/test_pydeps_picture.py '
9s/reorg_lib\.export import/reorg_lib.proof.tools import pydeps_witness as/;
12{
s/reorg_lib\.views import witness/reorg_lib.views.graph import pydeps_picture/
b
}
'"$rules"

  sed -i.before -e "$rules" -- \
    CONTRIBUTING.md benchmarks/contestants/board.py benchmarks/contestants/live_loop.py \
    benchmarks/contestants/notebook.py benchmarks/contestants/pictures.py benchmarks/inputs.py \
    benchmarks/judge.py benchmarks/plans.py benchmarks/runner.py benchmarks/spent.py docs/hazards.md \
    docs/proof.md reorg_lib/cli.py reorg_lib/export/branch_merge.py \
    reorg_lib/proof/tools/diagnostics.py reorg_lib/proof/import_cycles.py \
    reorg_lib/proof/tools/documentation_build.py reorg_lib/proof/reading/import_bindings.py \
    reorg_lib/guardrails/file_changes.py reorg_lib/guardrails/document_sections.py \
    reorg_lib/export/deliver.py reorg_lib/proof/expected_names.py reorg_lib/export/impact.py \
    reorg_lib/export/impact_names.py reorg_lib/guardrails/layout_test.py \
    reorg_lib/proof/reading/normal_form.py reorg_lib/script/move_lines.py \
    reorg_lib/proof/reading/newer_syntax.py reorg_lib/proof/reading/stubs_and_notebooks.py \
    reorg_lib/proof/points.py reorg_lib/proof/import_points.py reorg_lib/proof/logic_point.py \
    reorg_lib/proof/name_point.py reorg_lib/export/pull_request.py \
    reorg_lib/proof/reading/source_tree.py reorg_lib/proof/reading/reading_ahead.py \
    reorg_lib/proof/rehearsal.py reorg_lib/script/render.py reorg_lib/script/sed/program.py \
    reorg_lib/script/sed/commands.py reorg_lib/script/sed/rules.py \
    reorg_lib/proof/reading/name_scopes.py reorg_lib/script/split_lines.py \
    reorg_lib/export/plan_text.py reorg_lib/guardrails/tree_drawing.py \
    reorg_lib/proof/tools/test_runs.py reorg_lib/proof/tools/type_check.py \
    reorg_lib/script/update_branch.py reorg_lib/proof/tools/pydeps_witness.py \
    reorg_lib/text_references/__init__.py reorg_lib/text_references/file_facts.py \
    reorg_lib/text_references/name_flow.py reorg_lib/text_references/argument_context.py \
    reorg_lib/text_references/classifier.py reorg_lib/text_references/path_references.py \
    reorg_lib/text_references/python_text.py reorg_lib/text_references/rule_tables.py \
    reorg_lib/text_references/repository_tree.py reorg_lib/text_references/name_uses.py \
    reorg_lib/pipeline.py reorg_lib/plan/proposal/backends.py reorg_lib/guardrails/check.py \
    reorg_lib/plan/companions.py reorg_lib/plan/proposal/concern_assignment.py reorg_lib/guardrails/proposal.py \
    reorg_lib/hazards/kinds/import_time/import_order.py \
    reorg_lib/hazards/kinds/import_time/init_may_refuse.py \
    reorg_lib/hazards/kinds/import_time/lost_registration.py \
    reorg_lib/hazards/kinds/import_time/package_init.py \
    reorg_lib/hazards/kinds/import_time/target_metadata.py \
    reorg_lib/hazards/kinds/imports/composed_name.py \
    reorg_lib/hazards/kinds/imports/dynamic_import.py reorg_lib/hazards/kinds/imports/lazy_import.py \
    reorg_lib/hazards/kinds/imports/lazy_submodule.py \
    reorg_lib/hazards/kinds/imports/module_discovery.py \
    reorg_lib/hazards/kinds/imports/name_prefix.py \
    reorg_lib/hazards/kinds/imports/name_through_another.py \
    reorg_lib/hazards/kinds/imports/named_submodule.py \
    reorg_lib/hazards/kinds/imports/package_passed_on.py \
    reorg_lib/hazards/kinds/imports/package_scanned.py reorg_lib/hazards/kinds/imports/run_package.py \
    reorg_lib/hazards/kinds/imports/second_name.py reorg_lib/hazards/kinds/imports/shadowed_import.py \
    reorg_lib/hazards/kinds/imports/shadowed_name.py reorg_lib/hazards/kinds/imports/shared_name.py \
    reorg_lib/hazards/kinds/imports/sibling_import.py \
    reorg_lib/hazards/kinds/imports/star_submodule.py reorg_lib/hazards/kinds/imports/wired_module.py \
    reorg_lib/hazards/kinds/names/case_rename.py reorg_lib/hazards/kinds/names/chain_in_text.py \
    reorg_lib/hazards/kinds/names/django_app.py reorg_lib/hazards/kinds/names/identity_by_name.py \
    reorg_lib/hazards/kinds/names/import_in_text.py reorg_lib/hazards/kinds/names/logger_name.py \
    reorg_lib/hazards/kinds/names/lost_name.py reorg_lib/hazards/kinds/names/mapped_by_name.py \
    reorg_lib/hazards/kinds/names/module_pattern.py reorg_lib/hazards/kinds/names/name_handed_on.py \
    reorg_lib/hazards/kinds/names/name_taken_apart.py \
    reorg_lib/hazards/kinds/names/reference_by_name.py reorg_lib/hazards/kinds/names/replaced_name.py \
    reorg_lib/hazards/kinds/names/silent_name.py reorg_lib/hazards/kinds/names/stored_name.py \
    reorg_lib/hazards/kinds/names/task_name.py reorg_lib/hazards/kinds/paths/data_left.py \
    reorg_lib/hazards/kinds/paths/file_anchor.py reorg_lib/hazards/kinds/paths/folder_listing.py \
    reorg_lib/hazards/kinds/paths/ignored_place.py reorg_lib/hazards/kinds/paths/joined_path.py \
    reorg_lib/hazards/kinds/paths/module_file.py reorg_lib/hazards/kinds/paths/named_beside.py \
    reorg_lib/hazards/kinds/paths/package_data.py reorg_lib/hazards/kinds/paths/partial_path.py \
    reorg_lib/hazards/kinds/paths/path_by_variable.py \
    reorg_lib/hazards/kinds/paths/path_from_folder.py reorg_lib/hazards/kinds/paths/path_pattern.py \
    reorg_lib/hazards/kinds/paths/shipped_data.py reorg_lib/hazards/kinds/paths/symlink.py \
    reorg_lib/hazards/kinds/paths/web_folder.py reorg_lib/hazards/kinds/tools/extension_module.py \
    reorg_lib/hazards/kinds/tools/found_by_place.py reorg_lib/hazards/kinds/tools/lost_fixture.py \
    reorg_lib/hazards/kinds/tools/namespace_folder.py reorg_lib/hazards/kinds/tools/no_build_file.py \
    reorg_lib/hazards/kinds/tools/same_test_name.py reorg_lib/hazards/kinds/tools/task_discovery.py \
    reorg_lib/hazards/kinds/tools/test_not_collected.py reorg_lib/hazards/reading/class_identity.py \
    reorg_lib/hazards/reading/parsed_file.py reorg_lib/hazards/reading/composed_text_files.py \
    reorg_lib/hazards/reading/context.py reorg_lib/hazards/reading/static_values.py \
    reorg_lib/hazards/reading/folder_expressions.py reorg_lib/hazards/reading/globs.py \
    reorg_lib/hazards/reading/imported_names.py reorg_lib/hazards/reading/load_graph.py \
    reorg_lib/hazards/reading/moved_paths.py reorg_lib/hazards/reading/cached_readings.py \
    reorg_lib/hazards/reading/package_data_reads.py reorg_lib/hazards/reading/package_uses.py \
    reorg_lib/hazards/reading/pattern_changes.py reorg_lib/hazards/reading/settings_texts.py \
    reorg_lib/hazards/find.py reorg_lib/plan/layout_metrics.py reorg_lib/plan/plan_file.py \
    reorg_lib/plan/proposal/propose.py reorg_lib/guardrails/rule.py \
    reorg_lib/plan/proposal/split_by_context.py reorg_lib/plan/succession.py \
    reorg_lib/plan/validation.py reorg_lib/plan/proposal/wiring_evidence.py \
    reorg_lib/rewrite/attribute_chains.py reorg_lib/rewrite/libcst_bindings.py \
    reorg_lib/rewrite/chain_collector.py reorg_lib/rewrite/build_changeset.py \
    reorg_lib/rewrite/name_collisions.py reorg_lib/rewrite/import_renaming.py \
    reorg_lib/rewrite/stubs_and_notebooks.py reorg_lib/rewrite/plain_imports.py \
    reorg_lib/rewrite/python_file.py reorg_lib/rewrite/name_map.py \
    reorg_lib/rewrite/split/split_module.py reorg_lib/rewrite/split/annotations.py \
    reorg_lib/rewrite/split/part_imports.py reorg_lib/rewrite/split/statement_kinds.py \
    reorg_lib/rewrite/split/statement_names.py reorg_lib/rewrite/split/part_needs.py \
    reorg_lib/rewrite/split/import_order.py reorg_lib/rewrite/split/definite_assignment.py \
    reorg_lib/rewrite/split/placement.py reorg_lib/rewrite/split/refusals.py \
    reorg_lib/rewrite/split/scopes.py reorg_lib/rewrite/split/part_text.py \
    reorg_lib/rewrite/split/units.py reorg_lib/rewrite/split/used_names.py reorg_lib/rewrite/text_names.py \
    reorg_lib/survey/classify.py reorg_lib/survey/bounded_contexts.py reorg_lib/survey/findings.py \
    reorg_lib/survey/technology_evidence.py reorg_lib/python/parsing.py reorg_lib/survey/ports.py \
    reorg_lib/survey/import_roots.py reorg_lib/survey/package_scope.py reorg_lib/survey/survey.py \
    reorg_lib/python/syntax.py reorg_lib/survey/technology.py reorg_lib/survey/di_wiring.py \
    reorg_lib/views/board/board.py reorg_lib/views/notebook/execute.py \
    reorg_lib/views/board/preview.py reorg_lib/views/tables/data_frame.py reorg_lib/views/graph/picture.py \
    reorg_lib/views/graph/data.py reorg_lib/views/tables/impact.py reorg_lib/views/board/undo_file.py \
    reorg_lib/views/graph/live_graph.py reorg_lib/views/board/linked_graph.py \
    reorg_lib/views/notebook/review_page.py reorg_lib/views/tables/review_tables.py \
    reorg_lib/views/board/rows.py reorg_lib/views/notebook/script.py \
    reorg_lib/views/board/walkthrough.py reorg_lib/views/graph/pydeps_picture.py \
    reorg_lib/workbench.py scripts/demo.py scripts/hazards_page.py scripts/lab.py \
    scripts/mentions_page.py scripts/open_branches.py scripts/real_project.py \
    scripts/real_projects.py scripts/reference_server.py scripts/screens.py tests/browser/conftest.py \
    tests/browser/room.py tests/browser/scenes.py tests/browser/test_graph_page.py \
    tests/browser/test_review_page.py tests/functional/programs.py tests/functional/random_plans.py \
    tests/functional/test_branch_update.py tests/functional/test_broken_scripts.py \
    tests/functional/test_documentation.py tests/functional/test_guardrail.py \
    tests/functional/test_impact.py tests/functional/test_notebooks.py \
    tests/functional/test_random_splits.py tests/functional/test_real_projects.py \
    tests/functional/test_reliability.py tests/functional/test_reliability_large.py \
    tests/functional/test_script.py tests/functional/test_script_splits.py \
    tests/functional/test_series.py tests/functional/test_trial.py \
    tests/functional/test_update_branch.py tests/functional/test_witness.py \
    tests/fuzz/fuzz_rewriter.py tests/scripts.py tests/test_benchmarks.py \
    tests/unit/export/test_certificate_text.py tests/unit/proof/tools/test_diagnostics.py \
    tests/unit/proof/test_import_cycles.py tests/unit/proof/reading/test_normal_form.py \
    tests/unit/proof/tools/test_test_outcomes.py tests/unit/proof/test_points.py \
    tests/unit/proof/test_import_points_of_roots.py tests/unit/proof/test_points_of_splits.py \
    tests/unit/export/test_pull_request.py tests/unit/proof/reading/test_source_tree.py \
    tests/unit/export/test_reading_ahead.py tests/unit/script/sed/test_program.py \
    tests/unit/proof/tools/test_pydeps_witness.py tests/unit/hazards/drawn.py \
    tests/unit/hazards/paths/test_file_anchor.py tests/unit/hazards/paths/test_module_file.py \
    tests/unit/hazards/paths/test_package_data.py tests/unit/hazards/reading/test_parsed_file.py \
    tests/unit/hazards/reading/test_composed_text_files.py \
    tests/unit/hazards/test_docstring_examples.py tests/unit/hazards/test_example.py \
    tests/unit/hazards/tools/test_found_by_place.py tests/unit/text_references/test_flow.py \
    tests/unit/text_references/test_rule_tables.py tests/unit/plan/surveys.py \
    tests/unit/hazards/reading/test_parent_depth.py tests/unit/plan/test_companions.py \
    tests/unit/plan/proposal/test_example.py tests/unit/plan/test_layout_metrics.py \
    tests/unit/plan/test_plan_file.py tests/unit/plan/proposal/test_propose.py \
    tests/unit/guardrails/test_rule.py tests/unit/plan/proposal/test_split_by_context.py \
    tests/unit/guardrails/test_drawn_tree.py tests/unit/plan/test_validation.py \
    tests/unit/rewrite/test_cases.py tests/unit/rewrite/test_text_names.py \
    tests/unit/rewrite/test_refusals.py tests/unit/rewrite/split/test_split_module.py \
    tests/unit/rewrite/split/test_split_programs.py tests/unit/rewrite/split/test_used_names.py \
    tests/unit/survey/drawn.py tests/unit/files/test_cache.py tests/unit/survey/test_classify.py \
    tests/unit/python/test_dotted_names.py tests/unit/python/test_parsing.py \
    tests/unit/survey/test_text_mentions.py tests/unit/survey/test_reorg_toml.py \
    tests/unit/survey/test_survey.py tests/unit/python/test_syntax.py \
    tests/unit/survey/test_technology.py tests/unit/survey/test_di_wiring.py \
    tests/unit/python/test_bindings.py tests/unit/test_cli.py tests/unit/views/board/test_board.py \
    tests/unit/views/notebook/test_execute.py tests/unit/views/board/test_preview.py \
    tests/unit/views/graph/test_picture.py tests/unit/views/graph/test_data.py \
    tests/unit/views/board/test_undo_file.py tests/unit/views/graph/test_layout.py \
    tests/unit/views/graph/test_legend.py tests/unit/views/graph/test_live_graph.py \
    tests/unit/views/notebook/test_progress.py tests/unit/views/notebook/test_review_page.py \
    tests/unit/views/notebook/test_display.py tests/unit/views/board/test_walkthrough.py
}

rules() {
  cat << 'SED'
# cycles
s/reorg_lib\.survey\.circles/reorg_lib.cycles/g
# elsewhere
s/tests\.unit\.rewrite\.test_split/tests.unit.rewrite.split.test_split_module/g
s|tests/unit/export/test_proof\.py|tests/unit/proof/test_points.py|g
s|tests/unit/mentions/test_tables\.py|tests/unit/text_references/test_rule_tables.py|g
# export
s/reorg_lib\.export\.certificate/reorg_lib.export.certificate_text/g
s/reorg_lib\.export\.handover/reorg_lib.export.deliver/g
s/reorg_lib\.export\.summary/reorg_lib.export.plan_text/g
# files
s/reorg_lib\.plan\.lock/reorg_lib.files.exclusive_lock/g
s/reorg_lib\.survey\.cache/reorg_lib.files.cache/g
# git
s/reorg_lib\.repository/reorg_lib.git/g
# git, as paths
s|reorg_lib/repository\.py|reorg_lib/git/__init__.py|g
# guardrails
s/reorg_lib\.export\.guardrail_documents/reorg_lib.guardrails.documents/g
s/reorg_lib\.export\.guardrail/reorg_lib.guardrails.file_changes/g
s/reorg_lib\.export\.layout_test/reorg_lib.guardrails.layout_test/g
s/reorg_lib\.export\.tree/reorg_lib.guardrails.tree_drawing/g
s/reorg_lib\.plan\.check/reorg_lib.guardrails.check/g
s/reorg_lib\.plan\.guardrails/reorg_lib.guardrails.proposal/g
s/reorg_lib\.plan\.rule/reorg_lib.guardrails.rule/g
s/reorg_lib\.plan\.structure/reorg_lib.guardrails.drawn_tree/g
# hazards
s/reorg_lib\.plan\.climbs/reorg_lib.hazards.reading.parent_depth/g
s/reorg_lib\.plan\.hazard_kinds/reorg_lib.hazards.kinds/g
s/reorg_lib\.plan\.hazard_reading/reorg_lib.hazards.reading/g
s/reorg_lib\.plan\.hazards/reorg_lib.hazards.find/g
# hazards, as paths
s|reorg_lib/plan/hazard_kinds|reorg_lib/hazards/kinds|g
s|reorg_lib/plan/hazard_reading|reorg_lib/hazards/reading|g
# model, as paths
s|reorg_lib/model\.py|reorg_lib/model/__init__.py|g
# plan
s/reorg_lib\.plan\.backends/reorg_lib.plan.proposal.backends/g
s/reorg_lib\.plan\.concerns/reorg_lib.plan.proposal.concerns/g
s/reorg_lib\.plan\.document/reorg_lib.plan.plan_document/g
s/reorg_lib\.plan\.metrics/reorg_lib.plan.layout_metrics/g
s/reorg_lib\.plan\.planfile/reorg_lib.plan.plan_file/g
s/reorg_lib\.plan\.propose/reorg_lib.plan.proposal.propose/g
s/reorg_lib\.plan\.roles/reorg_lib.plan.proposal.database_roles/g
s/reorg_lib\.plan\.split_by_context/reorg_lib.plan.proposal.context_split/g
s/reorg_lib\.plan\.validate/reorg_lib.plan.validation/g
s/reorg_lib\.plan\.wires/reorg_lib.plan.proposal.wiring_ties/g
# proof
s/reorg_lib\.export\.after_names/reorg_lib.proof.reading.new_names/g
s/reorg_lib\.export\.complaints/reorg_lib.proof.tools.diagnostics/g
s/reorg_lib\.export\.cycles/reorg_lib.proof.import_cycles/g
s/reorg_lib\.export\.documentation/reorg_lib.proof.tools.documentation_build/g
s/reorg_lib\.export\.file_imports/reorg_lib.proof.reading.local_names/g
s/reorg_lib\.export\.grammar/reorg_lib.proof.reading.syntax_tree/g
s/reorg_lib\.export\.image/reorg_lib.proof.expected_names/g
s/reorg_lib\.export\.import_roots/reorg_lib.proof.reading.import_roots/g
s/reorg_lib\.export\.logic/reorg_lib.proof.reading.normal_form/g
s/reorg_lib\.export\.newer_syntax/reorg_lib.proof.reading.newer_syntax/g
s/reorg_lib\.export\.old_names/reorg_lib.proof.leftover_names/g
s/reorg_lib\.export\.other_code_form/reorg_lib.proof.reading.stubs_and_notebooks/g
s/reorg_lib\.export\.outcomes/reorg_lib.proof.tools.test_outcomes/g
s/reorg_lib\.export\.proof_of_imports/reorg_lib.proof.import_points/g
s/reorg_lib\.export\.proof_of_logic/reorg_lib.proof.logic_point/g
s/reorg_lib\.export\.proof_of_names/reorg_lib.proof.name_point/g
s/reorg_lib\.export\.proof/reorg_lib.proof.points/g
s/reorg_lib\.export\.reading_ahead/reorg_lib.proof.reading.reading_ahead/g
s/reorg_lib\.export\.reading/reorg_lib.proof.reading.source_tree/g
s/reorg_lib\.export\.rehearsal/reorg_lib.proof.rehearsal/g
s/reorg_lib\.export\.renames/reorg_lib.proof.detected_renames/g
s/reorg_lib\.export\.shadows/reorg_lib.proof.reading.name_scopes/g
s/reorg_lib\.export\.trial/reorg_lib.proof.tools.test_runs/g
s/reorg_lib\.export\.type_check/reorg_lib.proof.tools.type_check/g
s/reorg_lib\.export\.witness/reorg_lib.proof.tools.pydeps_witness/g
# python
s/reorg_lib\.survey\.anchors/reorg_lib.python.file_anchors/g
s/reorg_lib\.survey\.bindings/reorg_lib.python.bindings/g
s/reorg_lib\.survey\.handing/reorg_lib.python.di_registrations/g
s/reorg_lib\.survey\.names/reorg_lib.python.dotted_names/g
s/reorg_lib\.survey\.parsing/reorg_lib.python.parsing/g
s/reorg_lib\.survey\.second_reader/reorg_lib.python.second_reader/g
s/reorg_lib\.survey\.syntax/reorg_lib.python.syntax/g
# rewrite
s/reorg_lib\.rewrite\.attributes/reorg_lib.rewrite.attribute_chains/g
s/reorg_lib\.rewrite\.bindings/reorg_lib.rewrite.libcst_bindings/g
s/reorg_lib\.rewrite\.collisions/reorg_lib.rewrite.name_collisions/g
s/reorg_lib\.rewrite\.imports/reorg_lib.rewrite.import_renaming/g
s/reorg_lib\.rewrite\.other_code/reorg_lib.rewrite.stubs_and_notebooks/g
s/reorg_lib\.rewrite\.renaming/reorg_lib.rewrite.name_map/g
s/reorg_lib\.rewrite\.text/reorg_lib.rewrite.text_names/g
s/reorg_lib\.rewrite\.trees/reorg_lib.rewrite.libcst_parsing/g
# script
s/reorg_lib\.export\.branch_rules/reorg_lib.script.branch_names/g
s/reorg_lib\.export\.lines/reorg_lib.script.sed.line_changes/g
s/reorg_lib\.export\.moves/reorg_lib.script.move_lines/g
s/reorg_lib\.export\.script/reorg_lib.script.render/g
s/reorg_lib\.export\.sed_commands/reorg_lib.script.sed.commands/g
s/reorg_lib\.export\.sed_rules/reorg_lib.script.sed.rules/g
s/reorg_lib\.export\.sed/reorg_lib.script.sed.program/g
s/reorg_lib\.export\.shell/reorg_lib.script.quoting/g
s/reorg_lib\.export\.splits/reorg_lib.script.split_lines/g
s/reorg_lib\.export\.steps/reorg_lib.script.move_order/g
s/reorg_lib\.export\.update_branch/reorg_lib.script.update_branch/g
# script, as paths
s|reorg_lib/export/frame\.sh|reorg_lib/script/frame.sh|g
s|reorg_lib/export/sed\.py|reorg_lib/script/sed/program.py|g
# survey
s/reorg_lib\.survey\.contexts/reorg_lib.survey.bounded_contexts/g
s/reorg_lib\.survey\.dialect/reorg_lib.survey.database_dialect/g
s/reorg_lib\.survey\.filed/reorg_lib.survey.filed_modules/g
s/reorg_lib\.survey\.own_evidence/reorg_lib.survey.technology_evidence/g
s/reorg_lib\.survey\.references/reorg_lib.survey.text_mentions/g
s/reorg_lib\.survey\.roots/reorg_lib.survey.import_roots/g
s/reorg_lib\.survey\.scope/reorg_lib.survey.package_scope/g
s/reorg_lib\.survey\.wiring/reorg_lib.survey.di_wiring/g
s/reorg_lib\.survey\.wording/reorg_lib.survey.phrases/g
# text_references
s/reorg_lib\.mentions\.facts/reorg_lib.text_references.file_facts/g
s/reorg_lib\.mentions\.flow/reorg_lib.text_references.name_flow/g
s/reorg_lib\.mentions\.given/reorg_lib.text_references.argument_context/g
s/reorg_lib\.mentions\.judge/reorg_lib.text_references.classifier/g
s/reorg_lib\.mentions\.keys/reorg_lib.text_references.settings_keys/g
s/reorg_lib\.mentions\.paths/reorg_lib.text_references.path_references/g
s/reorg_lib\.mentions\.table/reorg_lib.text_references.rule_tables/g
s/reorg_lib\.mentions\.tree/reorg_lib.text_references.repository_tree/g
s/reorg_lib\.mentions\.uses/reorg_lib.text_references.name_uses/g
s/reorg_lib\.mentions/reorg_lib.text_references/g
# text_references, as paths
s|reorg_lib/mentions|reorg_lib/text_references|g
# views
s/reorg_lib\.views\.board/reorg_lib.views.board.board/g
s/reorg_lib\.views\.background/reorg_lib.views.board.background/g
s/reorg_lib\.views\.execute/reorg_lib.views.notebook.execute/g
s/reorg_lib\.views\.foresight/reorg_lib.views.board.preview/g
s/reorg_lib\.views\.history/reorg_lib.views.board.undo/g
s/reorg_lib\.views\.journal/reorg_lib.views.board.undo_file/g
s/reorg_lib\.views\.progress/reorg_lib.views.notebook.progress/g
s/reorg_lib\.views\.review_page/reorg_lib.views.notebook.review_page/g
s/reorg_lib\.views\.rows/reorg_lib.views.board.rows/g
s/reorg_lib\.views\.script/reorg_lib.views.notebook.script/g
s/reorg_lib\.views\.show/reorg_lib.views.notebook.display/g
s/reorg_lib\.views\.walkthrough/reorg_lib.views.board.walkthrough/g
# set aside, since they change places
s/reorg_lib\.rewrite\.split_refusals/@name-1@/g
s/reorg_lib\.rewrite\.split_imports/@name-2@/g
s/reorg_lib\.rewrite\.split_scopes/@name-3@/g
s/reorg_lib\.rewrite\.split_hints/@name-4@/g
s/reorg_lib\.rewrite\.split_kinds/@name-5@/g
s/reorg_lib\.rewrite\.split_names/@name-6@/g
s/reorg_lib\.rewrite\.split_needs/@name-7@/g
s/reorg_lib\.rewrite\.split_order/@name-8@/g
s/reorg_lib\.rewrite\.split_paths/@name-9@/g
s/reorg_lib\.rewrite\.split_place/@name-10@/g
s/reorg_lib\.rewrite\.split_units/@name-11@/g
s/reorg_lib\.rewrite\.split_users/@name-12@/g
s/reorg_lib\.views\.review_tables/@name-13@/g
# views
s/reorg_lib\.views\.review/reorg_lib.views.board.linked_graph/g
# set aside, since they change places
s/reorg_lib\.views\.survey_tables/@name-14@/g
s/reorg_lib\.rewrite\.split_text/@name-15@/g
# rewrite
s/reorg_lib\.rewrite\.split/reorg_lib.rewrite.split.split_module/g
# set aside, since they change places
s/reorg_lib\.views\.module_rows/@name-16@/g
s/reorg_lib\.views\.graph_data/@name-17@/g
# views
s/reorg_lib\.views\.graph/reorg_lib.views.graph.picture/g
s/reorg_lib\.views\.layout/reorg_lib.views.graph.layout/g
s/reorg_lib\.views\.legend/reorg_lib.views.graph.legend/g
s/reorg_lib\.views\.live_graph/reorg_lib.views.graph.live_graph/g
s/reorg_lib\.views\.looks/reorg_lib.views.graph.colours/g
s/reorg_lib\.views\.moment/reorg_lib.views.graph.before_and_after/g
s/reorg_lib\.views\.witness/reorg_lib.views.graph.pydeps_picture/g
# set aside, since they change places
s/reorg_lib\.views\.impact/@name-18@/g
s/reorg_lib\.views\.tables/@name-19@/g
# views
s/reorg_lib\.views\.table/reorg_lib.views.tables.table/g
s/reorg_lib\.views\.frame/reorg_lib.views.tables.frame/g
# and put in their new places
s/@name-1@/reorg_lib.rewrite.split.refusals/g
s/@name-2@/reorg_lib.rewrite.split.part_imports/g
s/@name-3@/reorg_lib.rewrite.split.scopes/g
s/@name-4@/reorg_lib.rewrite.split.annotations/g
s/@name-5@/reorg_lib.rewrite.split.statement_kinds/g
s/@name-6@/reorg_lib.rewrite.split.statement_names/g
s/@name-7@/reorg_lib.rewrite.split.part_needs/g
s/@name-8@/reorg_lib.rewrite.split.import_order/g
s/@name-9@/reorg_lib.rewrite.split.certain_bindings/g
s/@name-10@/reorg_lib.rewrite.split.placement/g
s/@name-11@/reorg_lib.rewrite.split.units/g
s/@name-12@/reorg_lib.rewrite.split.users/g
s/@name-13@/reorg_lib.views.tables.review_tables/g
s/@name-14@/reorg_lib.views.tables.survey_tables/g
s/@name-15@/reorg_lib.rewrite.split.part_text/g
s/@name-16@/reorg_lib.views.tables.module_rows/g
s/@name-17@/reorg_lib.views.graph.data/g
s/@name-18@/reorg_lib.views.tables.impact/g
s/@name-19@/reorg_lib.views.tables.frames/g
SED
}

# ---- 4. new files

new_files() {
  local file
  for file in \
    reorg_lib/files/__init__.py reorg_lib/guardrails/__init__.py reorg_lib/hazards/__init__.py \
    reorg_lib/plan/proposal/__init__.py reorg_lib/proof/__init__.py \
    reorg_lib/proof/reading/__init__.py reorg_lib/proof/tools/__init__.py \
    reorg_lib/python/__init__.py reorg_lib/rewrite/split/__init__.py reorg_lib/script/__init__.py \
    reorg_lib/script/sed/__init__.py reorg_lib/views/board/__init__.py \
    reorg_lib/views/graph/__init__.py reorg_lib/views/notebook/__init__.py \
    reorg_lib/views/tables/__init__.py
  do create "$file" < /dev/null; done
}

reorganize() {
  moves
  rewrites
  new_files
}

# ---- 5. splits: a module that has become a package is cut into files

split() {
  local module
  module=reorg_lib/model/__init__.py

  {
    cat << 'PYTHON'
"""Files of reorg_lib.model."""

from __future__ import annotations

from dataclasses import dataclass


PYTHON
    sed -n '20,34p' < "$module"
  } | create reorg_lib/model/files.py

  {
    cat << 'PYTHON'
"""Syntax of reorg_lib.model."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


PYTHON
    sed -n '37,118p' < "$module"
  } | create reorg_lib/model/syntax.py

  {
    cat << 'PYTHON'
"""Survey of reorg_lib.model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .files import TrackedFile
from .syntax import ImportKind, Syntax


PYTHON
    sed -n '121,271p' < "$module"
  } | create reorg_lib/model/survey.py

  {
    cat << 'PYTHON'
"""Plan of reorg_lib.model."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


PYTHON
    sed -n '274,439p' < "$module"
  } | create reorg_lib/model/plan.py

  {
    cat << 'PYTHON'
"""Hazards of reorg_lib.model."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


PYTHON
    sed -n '442,464p' < "$module"
  } | create reorg_lib/model/hazards.py

  {
    cat << 'PYTHON'
"""Changes of reorg_lib.model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from reorg_lib.errors import RewriteError

from .hazards import Hazard
from .plan import ReferenceRule, Scope


PYTHON
    sed -n '467,482p;487,657p' < "$module"
  } | create reorg_lib/model/changeset.py

  {
    cat << 'PYTHON'
"""Base of reorg_lib.model."""

from __future__ import annotations

PYTHON
    sed -n '485,486p' < "$module"
  } | create reorg_lib/model/base.py

  {
    cat << 'PYTHON'
"""Certificate of reorg_lib.model."""

from __future__ import annotations

from dataclasses import dataclass


PYTHON
    sed -n '660,731p' < "$module"
  } | create reorg_lib/model/certificate.py

  create reorg_lib/model/__init__.py << 'PYTHON'
"""The records that the rooms hand to one another.

Owns the words of the field as frozen values: what is there (`Survey`), what should be (`Plan`),
how it gets there (`ChangeSet`) and what was shown (`Certificate`). Must not know how any of them
is found, drawn or written: no input, no output, no rule.

Paths are relative to the repository's root and `/`-separated. Module names are dotted, as an
importer would write them with the source root on `sys.path`. Lines count from 1, spans are byte
offsets `[start, end)` into the file.
"""

from .base import NAMED_IN_TEXT
from .certificate import Certificate, ProofPoint, SeenMove
from .changes import (
    ChangeSet,
    Edit,
    FileChange,
    LeftName,
    NameClass,
    NamedText,
    Renaming,
    SplitChange,
    SplitPart,
    apply_edits,
)
from .files import TrackedFile
from .hazards import Hazard, Severity
from .plan import (
    Decision,
    Deletion,
    Guardrail,
    GuardrailKind,
    HazardSettlement,
    Move,
    NameDecision,
    Plan,
    ReferenceRule,
    Scope,
    Settlement,
    Split,
)
from .survey import (
    Classification,
    DirectImport,
    Evidence,
    Finding,
    FindingKind,
    Module,
    Problem,
    Reference,
    Survey,
)
from .syntax import ClassDefinition, FileAnchor, ImportedName, ImportKind, ImportStatement, Syntax

__all__ = [
    "NAMED_IN_TEXT",
    "Certificate",
    "ChangeSet",
    "ClassDefinition",
    "Classification",
    "Decision",
    "Deletion",
    "DirectImport",
    "Edit",
    "Evidence",
    "FileAnchor",
    "FileChange",
    "Finding",
    "FindingKind",
    "Guardrail",
    "GuardrailKind",
    "Hazard",
    "HazardSettlement",
    "ImportedName",
    "ImportKind",
    "ImportStatement",
    "LeftName",
    "Module",
    "Move",
    "NameClass",
    "NameDecision",
    "NamedText",
    "Plan",
    "Problem",
    "ProofPoint",
    "Reference",
    "ReferenceRule",
    "Renaming",
    "Scope",
    "SeenMove",
    "Settlement",
    "Severity",
    "Split",
    "SplitChange",
    "SplitPart",
    "Survey",
    "Syntax",
    "TrackedFile",
    "apply_edits",
]
PYTHON

  module=reorg_lib/git/__init__.py

  {
    cat << 'PYTHON'
"""Command of reorg_lib.git."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from reorg_lib.errors import ToolError

PYTHON
    sed -n '26,36p;311,321p;356,380p;422,427p;457,483p' < "$module"
  } | create reorg_lib/git/command.py

  {
    cat << 'PYTHON'
"""Merging of reorg_lib.git."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reorg_lib.model import TrackedFile

from .command import read_blobs, run_git


PYTHON
    sed -n '209,310p;452,456p' < "$module"
  } | create reorg_lib/git/merging.py

  {
    cat << 'PYTHON'
"""Checkout of reorg_lib.git."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from reorg_lib.model import TrackedFile

from .command import run_git


PYTHON
    sed -n '383,421p;428,451p' < "$module"
  } | create reorg_lib/git/working_tree.py

  {
    cat << 'PYTHON'
"""Repository of reorg_lib.git."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from reorg_lib.errors import NotARepository, PlanError, ToolError
from reorg_lib.model import TrackedFile

from .checkout import date_back, staged_files
from .command import _OLDEST_GIT, git_version, read_blobs, run_git
from .merging import MergeRoom

PYTHON
    sed -n '38,206p;322,355p' < "$module"
  } | create reorg_lib/git/repository.py

  create reorg_lib/git/__init__.py << 'PYTHON'
"""The only code that calls git.

Owns the way from a path to tracked files, contents and scratch copies. Reads one commit, never
the working tree, so a half-edited file cannot slip into a survey. Must not know what is inside
the files, and never runs anything that the repository brings: hooks, filters and the user's
own git configuration are switched off.
"""

from .checkout import (
    check_out,
    commits_since,
    date_back,
    renames_between,
    staged_files,
    unstaged_changes,
)
from .command import git_version, quiet_environment, read_blobs, run_git
from .merging import Merge, MergeRoom
from .repository import Branch, Repository, blob_id, open_repository

__all__ = [
    "Branch",
    "Merge",
    "MergeRoom",
    "Repository",
    "blob_id",
    "check_out",
    "commits_since",
    "date_back",
    "git_version",
    "open_repository",
    "quiet_environment",
    "read_blobs",
    "renames_between",
    "run_git",
    "staged_files",
    "unstaged_changes",
]
PYTHON
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
