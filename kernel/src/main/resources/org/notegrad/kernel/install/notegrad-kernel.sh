#!/bin/sh
# Starts Notegrad's kernel:        notegrad-kernel CONNECTION_FILE
# Makes the cache of its start:    notegrad-kernel --rehearse FOLDER
#
# NOTEGRAD_JVM_OPTS adds JVM options, which win over those here (for example -Xmx4g).
# NOTEGRAD_JDK names the JDK to use should the one found at installation be gone.

here=$(cd "$(dirname "$0")" && pwd -P) || exit 1

. "$here/find-jdk.sh"
read -r recorded <"$here/jdk-home"
if ! find_jdk "$recorded"; then
  # A Python with pyzmq: of the environment that this is installed in, the one that runs Jupyter
  # (and this), which need not be on the PATH, or one of the PATH.
  parent=$(tr '\000' '\n' 2>/dev/null <"/proc/$PPID/cmdline" | head -n 1)
  case ${parent##*/} in
    python*) ;;
    *) parent=python3 ;;
  esac
  for python in "$here/../../../../bin/python3" "$parent" python3 python; do
    if "$python" -c 'import zmq' 2>/dev/null; then
      exec "$python" "$here/no_jdk_kernel.py" "$1" "$(explain_no_jdk)"
    fi
  done
  explain_no_jdk >&2
  exit 1
fi

class_path=
while read -r jar; do
  class_path="$class_path:$here/jars/$jar"
done <"$here/class-path"

# A cache of a rehearsed start halves the time to the first result. It fits one build of the JDK
# (the JVM leaves one that does not fit aside), and is looked for beside this file and in the
# user's own cache.
jdk_build=unknown
while IFS='="' read -r key _ value _; do
  [ "$key" = JAVA_RUNTIME_VERSION ] && jdk_build=$value
done <"$JDK/release"
user_cache=${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/notegrad$here
cache_options=
for cache in "$here/$jdk_build.aot" "$user_cache/$jdk_build.aot"; do
  [ -r "$cache" ] && cache_options="-XX:AOTCache=$cache" && break
done
if [ -z "$cache_options" ] && [ -e "$here/rehearse-later" ]; then
  cache_options="-Dnotegrad.rehearse=$user_cache"
fi

main=org.notegrad.kernel.KernelMain
rehearsal_options=
if [ "$1" = --rehearse ]; then
  mkdir -p "$2" || exit 1
  main=org.notegrad.kernel.Rehearsal
  fresh=$2/$jdk_build.$$
  cache_options="-XX:AOTCacheOutput=$fresh"
  # The cache also tells a kernel's JIT compilers to which level a method was compiled here. What
  # carries messages and compiles cells is to stay with the quick compiler for good: the other one
  # would have one of two cores busy for half a minute. What cells may call is told nothing of.
  rehearsal_options='-XX:TieredStopAtLevel=1 -XX:CompileCommand=quiet'
  for package in com/google/gson com/sun/source com/sun/tools/javac java/lang/classfile \
    java/util/jar java/util/zip jdk/internal/classfile jdk/internal/jimage jdk/internal/jrtfs \
    jdk/internal/loader jdk/internal/module jdk/jshell jdk/nio/zipfs org/notegrad/kernel \
    org/zeromq sun/nio zmq; do
    rehearsal_options="$rehearsal_options -XX:CompileCommand=compileonly,$package/*.*"
  done
fi

# The heap fits a Binder with its 2 GB, and grows with the machine: half of the memory.
read -r recorded_options <"$here/jvm-options"
kernel() {
  # shellcheck disable=SC2086 # options are meant to be split
  "$@" "$JDK/bin/java" \
    $kernel_modules \
    -XX:MaxRAMPercentage=50 -XX:+UseG1GC -Xms64m \
    -Djava.awt.headless=true -Dfile.encoding=UTF-8 -Xlog:disable -Xlog:all=error:stderr \
    "-Dnotegrad.launcher=$here/notegrad-kernel" ${cache_options:+"$cache_options"} \
    $rehearsal_options $recorded_options ${NOTEGRAD_JVM_OPTS-} \
    -cp "${class_path#:}" "$main" ${connection:+"$connection"}
}

if [ "$1" = --rehearse ]; then
  connection=
  folder=$2
  # What the JVM says while it records is for those who look into a failure.
  if kernel command >"$fresh.log" 2>&1 && [ -s "$fresh" ]; then
    rm -f "$fresh.log"
    mv -f "$fresh" "$folder/$jdk_build.aot"
  else
    cat "$fresh.log" >&2
    rm -f "$fresh" "$fresh.log"
    exit 1
  fi
else
  connection=$1
  kernel exec
fi
