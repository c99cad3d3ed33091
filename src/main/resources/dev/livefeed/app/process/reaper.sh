# Ends the connectors of an application that was killed with SIGKILL. OrphanReaper.java runs it with sh -c.
#
# $1  variable in the environment of each of their processes: NAME=value, or a prefix of it
# $2  polls, about four per second, between the end of the application and SIGTERM
# $3  polls between SIGTERM and SIGKILL
#
# Standard input is a pipe from the application: "watch SESSION START" and "forget SESSION START" name the sessions of
# the running connectors, each with the start time of its leader (field 22 of /proc/PID/stat); "quit" ends the reaper.
# If the pipe ends without it, the application has ended.
trap '' HUP INT QUIT TERM TSTP PIPE USR1 USR2
cd /
IFS=' '
mark=$1 before_term=$2 before_kill=$3
sessions=
while read -r word session start; do
  case $word in
    watch) sessions="$sessions $session:$start" ;;
    forget)
      left=
      for one in $sessions; do
        [ "$one" = "$session:$start" ] || left="$left $one"
      done
      sessions=$left
      ;;
    quit) exit 0 ;;
  esac
done

# rows: PID:PARENT:SESSION:START of each running process
read_processes() {
  rows=
  for folder in /proc/[0-9]*; do
    stat=
    {
      while IFS= read -r line || [ -n "$line" ]; do
        stat="$stat$line "
      done <"$folder/stat"
    } 2>/dev/null
    # The program name is in parentheses and may contain any character.
    set -- ${stat##*) }
    if [ $# -ge 20 ] && [ "$1" != Z ] && [ "$1" != X ]; then
      rows="$rows ${folder#/proc/}:$2:$4:${20}"
    fi
  done
}

# Forgets a session whose leader is not the named process: its id has been reused.
drop_reused_sessions() {
  for row in $rows; do
    IFS=:
    set -- $row
    IFS=' '
    case " $sessions " in
      *" $1:$4 "*) ;;
      *" $1:"*)
        left=
        for one in $sessions; do
          [ "${one%:*}" = "$1" ] || left="$left $one"
        done
        sessions=$left
        ;;
    esac
  done
}

# PID PARENT SESSION START
is_member() {
  case " $members " in *" $1:$4 "*) return 0 ;; esac
  case " $sessions" in *" $3:"*) return 0 ;; esac
  case "$marked" in *"/proc/$1/environ"*) return 0 ;; esac
  case " $before $found " in *" $2 "* | *" $3 "*) return 0 ;; esac
  return 1
}

# found: PIDs of the running members; members: PID:START of all members found so far
find_members() {
  read_processes
  drop_reused_sessions
  marked=$(grep -lsF -e "$mark" /proc/[0-9]*/environ 2>/dev/null)
  before=
  while :; do
    found=
    for row in $rows; do
      IFS=:
      set -- $row
      IFS=' '
      if [ "$1" != $$ ] && is_member "$@"; then
        found="$found $1"
        case " $members " in
          *" $1:$4 "*) ;;
          *) members="$members $1:$4" ;;
        esac
      fi
    done
    [ "$found" != "$before" ] || return 0
    before=$found
  done
}

pause() {
  sleep 0.2 2>/dev/null || sleep 1
}

await_end() {
  polls=$1
  while find_members && [ -n "$found" ] && [ "$polls" -gt 0 ]; do
    pause
    polls=$((polls - 1))
  done
  [ -n "$found" ] || exit 0
}

members=
await_end "$before_term"
kill -TERM $found 2>/dev/null
await_end "$before_kill"
polls=50
while [ "$polls" -gt 0 ]; do
  kill -KILL $found 2>/dev/null
  pause
  find_members
  [ -n "$found" ] || exit 0
  polls=$((polls - 1))
done
exit 1
