#!/usr/bin/env bash
# Commits what has changed to BRANCH, and opens or updates its pull request. Usage: open_pull_request.sh BRANCH TITLE BODY_FILE
set -euo pipefail
branch=$1 title=$2 body=$3

git config user.name "github-actions[bot]"
git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
git switch --quiet --force-create "$branch"
git commit --quiet --all --allow-empty --message "$title"
git push --quiet --force origin "$branch"
if [ "$(gh pr list --head "$branch" --state open --json number --jq length)" = 0 ]; then
    gh pr create --head "$branch" --title "$title" --body-file "$body"
else
    gh pr edit "$branch" --title "$title" --body-file "$body"
fi
