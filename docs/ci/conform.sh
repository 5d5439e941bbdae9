#!/usr/bin/env sh
# The three uses of the suite in a pipeline, as plain commands: sh conform.sh staging | provider | release
#
#   CONFORM_TARGET    everything before /api: the host to look at
#   CONFORM_TOKEN     its credentials, or CONFORM_USER and CONFORM_PASSWORD; kept among the pipeline's secrets
#   CONFORM_AUTH      how to sign in; default: basic where there is a password, else bearer, so that a missing secret is told
#   CONFORM_STATES    provider: a state-change endpoint; without it, interactions that change something are left out
#   CONFORM_BASELINE  release: what conform accept wrote; default: conform.baseline.json
#   CONFORM           how the command is called; default: npx conform
#
# Reports go to the folder reports/: HTML for people, JUnit for the CI system. The exit code is the command's own:
# 0 conforms, 1 does not, 2 usage, 3 could not be judged.
set -eu
: "${CONFORM_TARGET:?names the host to look at}"
conform=${CONFORM:-npx conform}
use=${1:-}
auth=${CONFORM_AUTH:-$([ -n "${CONFORM_PASSWORD:-}" ] && echo basic || echo bearer)}
mkdir -p reports
reports="--report terminal --report html=reports/$use.html --report junit=reports/$use.xml"
if [ -n "${GITHUB_ACTIONS:-}" ]; then reports="$reports --report github"; fi

case $use in
  staging)
    # Only reads: nothing on the host can change.
    exec $conform run --auth "$auth" $reports
    ;;
  provider)
    # The consumers' pacts in pacts/; needs @pact-foundation/pact.
    exec $conform verify --auth "$auth" ${CONFORM_STATES:+--allow-changes} $reports
    ;;
  release)
    # The promises (a MUST that fails fails the gate, unless the baseline accepted that failure), and that nothing else has changed unseen since the baseline was accepted.
    exec $conform gate --baseline "${CONFORM_BASELINE:-conform.baseline.json}" --auth "$auth" $reports
    ;;
  *)
    echo 'conform.sh: takes staging, provider or release' >&2
    exit 2
    ;;
esac
