#!/usr/bin/env bash
# The hook as a newsroom has it: the real pre-commit builds crossfoot from a commit of this repository, in a scratch
# repository of its own, and must fail on a bad draft and pass on a good one.
#
#     pip install pre-commit
#     tests/pre_commit.sh [REV]      (HEAD unless said otherwise; what is not committed is not tested)
#
# HOOK=crossfoot-system in the environment tests the other hook, with the crossfoot on the PATH.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
rev=$(git -C "$root" rev-parse "${1:-HEAD}")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# A target folder of its own: what is built here from another place must not be taken for what is built there.
export CARGO_TARGET_DIR=$scratch/target PRE_COMMIT_HOME=$scratch/cache
mkdir "$scratch/newsroom"
cd "$scratch/newsroom"
git init -q
git config user.name nobody
git config user.email nobody@example.org
cat > .pre-commit-config.yaml <<CONFIG
repos:
  - repo: $root
    rev: $rev
    hooks:
      - id: ${HOOK:-crossfoot}
CONFIG
pre-commit --version
pre-commit install
echo 'The trench is 10 metres (33ft) deep.' > good.md
git add .
git commit -q -m 'A good draft'
echo "passes on a good draft"
echo 'The trench is 10 metres (53ft) deep.' > bad.md
git add bad.md
if git commit -q -m 'A bad draft' 2> "$scratch/log"; then
    echo "the bad draft was let through"
    exit 1
fi
cat "$scratch/log"
grep -q 'bad.md:1:.*unit-conversion' "$scratch/log"
echo "fails on a bad draft"
