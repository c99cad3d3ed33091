# Ends the connectors of an application that was killed with SIGKILL. KillGuard.java runs it with sh -c.
#
# $1  what the environment of each of their processes holds: NAME=value, or the beginning of that
# $2  looks, some four a second, between the end of the application and SIGTERM
# $3  looks between SIGTERM and SIGKILL
#
# Standard input is a pipe from the application: "watch SESSION START" and "forget SESSION START" name the sessions of
# the running connectors, each with the start time of its leader (field 22 of /proc/PID/stat); "quit" ends the guard.
# Where the pipe ends without it, the application is gone.
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

# rows: PID:PARENT:SESSION:START of each process that lives
read_processes() {
  rows=
  for folder in /proc/[0-9]*; do
    stat=
    {
      while IFS= read -r line || [ -n "$line" ]; do
        stat="$stat$line "
      done <"$folder/stat"
    } 2>/dev/null
    # The name of the program stands in parentheses and may hold anything.
    set -- ${stat##*) }
    if [ $# -ge 20 ] && [ "$1" != Z ] && [ "$1" != X ]; then
      rows="$rows ${folder#/proc/}:$2:$4:${20}"
    fi
  done
}

# A session whose leader is another process than the one that was named belongs to a stranger.
drop_strangers() {
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

# found: PIDs of those that live; members: PID:START of all that were ever found
find_members() {
  read_processes
  drop_strangers
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

await_their_end() {
  looks=$1
  while find_members && [ -n "$found" ] && [ "$looks" -gt 0 ]; do
    pause
    looks=$((looks - 1))
  done
  [ -n "$found" ] || exit 0
}

members=
await_their_end "$before_term"
kill -TERM $found 2>/dev/null
await_their_end "$before_kill"
looks=50
while [ "$looks" -gt 0 ]; do
  kill -KILL $found 2>/dev/null
  pause
  find_members
  [ -n "$found" ] || exit 0
  looks=$((looks - 1))
done
exit 1
