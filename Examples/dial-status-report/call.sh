#!/bin/sh
# Plays Plivo: one call to the flow dial-status, from the answer to the dial's result and the hangup.
#   ./call.sh [completed|no-answer|busy|failed]
set -eu
status=${1:-completed}
flowd=${FLOWD_URL:-http://127.0.0.1:8080}
case $status in
    completed) cause=NORMAL_CLEARING rang=true b_leg=b-leg-$$ ;;
    no-answer) cause=NO_ANSWER rang=true b_leg= ;;
    busy) cause=USER_BUSY rang=true b_leg= ;;
    failed) cause=UNALLOCATED_NUMBER rang=false b_leg= ;;
    *) echo "usage: $0 [completed|no-answer|busy|failed]" >&2; exit 2 ;;
esac
call=call-$(date +%s)-$$
post() {
    url=$1
    shift
    curl -sS --fail-with-body "$url" --data-urlencode "CallUUID=$call" --data-urlencode "From=14155551234" \
        --data-urlencode "To=14155550100" --data-urlencode "Direction=inbound" "$@"
}
echo "A call comes in. flowd answers:"
answer=$(post "$flowd/flows/dial-status" -d CallStatus=ringing -d Event=StartApp)
echo "  $answer"
action=$(printf %s "$answer" | sed -n 's/.* action="\([^"#]*\).*/\1/p')
[ -n "$action" ] || { echo "no action in the answer" >&2; exit 1; }
echo "The dial ends: $status. flowd answers:"
echo "  $(post "$action" -d CallStatus=in-progress -d DialStatus="$status" -d DialHangupCause="$cause" \
    -d DialRingStatus="$rang" -d DialALegUUID="$call" -d DialBLegUUID="$b_leg")"
echo "The call is over. flowd answers:"
echo "  $(post "$flowd/flows/dial-status" -d Event=Hangup -d CallStatus=completed -d HangupCause=NORMAL_CLEARING)"
