# Finds a JDK for Notegrad. A fragment of sh: read it with `.`, then call
#
#   find_jdk [HOME...]
#
# which sets JDK to the home of a JDK that can run Notegrad and returns 0, or returns 1. The homes given
# are tried first, then NOTEGRAD_JDK, JAVA_HOME, the java on the PATH, and the places where people's
# tools put JDKs. A JDK 25 wins over a later one. Nothing is started in order to look: a JDK tells
# its version in its file `release`, so that a search costs milliseconds.

NOTEGRAD_JAVA=25

# What Notegrad's JVMs are started with: javac's pool of tasks, by which cells are compiled in
# milliseconds, and the Vector API. The kernel loads the latter itself (VectorApi.java says why).
kernel_modules='--enable-native-access=ALL-UNNAMED'
for part in api code util; do
  kernel_modules="$kernel_modules --add-exports=jdk.compiler/com.sun.tools.javac.$part=ALL-UNNAMED"
done
notegrad_modules="--add-modules jdk.incubator.vector $kernel_modules"
kernel_modules="$kernel_modules --add-exports=java.base/jdk.internal.module=ALL-UNNAMED"

# Whether $1 is the home of a JDK (with a compiler) of Java 25 or later; sets java_feature.
is_jdk() {
  java_feature=
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS='="' read -r key _ value _; do
    [ "$key" = JAVA_VERSION ] && java_feature=${value%%[!0-9]*}
  done <"$1/release"
  [ "${java_feature:-0}" -ge "$NOTEGRAD_JAVA" ]
}

# The home that the java on the PATH belongs to, or nothing.
jdk_on_path() {
  on_path=$(command -v java 2>/dev/null) || return 0
  # macOS answers /usr/bin/java, a stub that belongs to no JDK.
  [ "$on_path" = /usr/bin/java ] && [ -x /usr/libexec/java_home ] && return 0
  while [ -L "$on_path" ]; do
    link=$(readlink "$on_path")
    case $link in
      /*) on_path=$link ;;
      *) on_path=${on_path%/*}/$link ;;
    esac
  done
  on_path=${on_path%/*}
  printf '%s' "${on_path%/bin}"
}

find_jdk() {
  JDK=
  later=
  for home in "$@" "${NOTEGRAD_JDK-}" "${JAVA_HOME-}" "$(jdk_on_path)" \
    /usr/lib/jvm/* /usr/java/* /usr/local/java/* /opt/java/* /opt/*jdk* /opt/*/*jdk* \
    "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* "${HOME-}"/.gradle/jdks/* \
    "${HOME-}"/.m2/jdks/* "${HOME-}"/.asdf/installs/java/* \
    "${HOME-}"/.local/share/mise/installs/java/* "${HOME-}"/.jabba/jdk/* "${HOME-}"/*jdk* \
    "${CONDA_PREFIX-}"/lib/jvm \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -n "$home" ] && is_jdk "$home" || continue
    if [ "$java_feature" -eq "$NOTEGRAD_JAVA" ]; then
      JDK=$home
      return 0
    fi
    [ -n "$later" ] || later=$home
  done
  JDK=$later
  [ -n "$JDK" ]
}

# What a person is told when find_jdk found none.
explain_no_jdk() {
  echo "Notegrad needs a JDK $NOTEGRAD_JAVA, and none was found on this machine."
  echo "Install one (for example Eclipse Temurin $NOTEGRAD_JAVA from https://adoptium.net,"
  echo "or: apt install openjdk-$NOTEGRAD_JAVA-jdk, brew install openjdk@$NOTEGRAD_JAVA, sdk install java $NOTEGRAD_JAVA-tem),"
  echo "or set NOTEGRAD_JDK to the home of one that you have."
}
