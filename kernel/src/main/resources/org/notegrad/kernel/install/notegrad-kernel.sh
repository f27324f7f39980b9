#!/bin/sh
# Starts Notegrad's kernel: notegrad-kernel CONNECTION_FILE
#
# NOTEGRAD_JVM_OPTS adds JVM options, which win over those here (for example -Xmx4g).
# NOTEGRAD_JDK names the JDK to use should the one found at installation be gone.

here=$(cd "$(dirname "$0")" && pwd -P) || exit 1

. "$here/find-jdk.sh"
read -r recorded <"$here/jdk-home"
if ! find_jdk "$recorded"; then
  for python in python3 python; do
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

# The heap fits a Binder with its 2 GB, and grows with the machine: half of the memory.
# The serial collector starts fastest, and costs the least memory.
read -r recorded_options <"$here/jvm-options"
# shellcheck disable=SC2086 # options are meant to be split
exec "$JDK/bin/java" \
  --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
  -XX:MaxRAMPercentage=50 -XX:+UseSerialGC -Xms64m \
  -Djava.awt.headless=true -Dfile.encoding=UTF-8 \
  $recorded_options ${NOTEGRAD_JVM_OPTS-} \
  -cp "${class_path#:}" org.notegrad.kernel.KernelMain "$1"
