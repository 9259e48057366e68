# Sourced by the scripts beside this folder: finds the repository and provides what a command needs, or says what is missing.

repository_root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
python=/usr/bin/python3
python_packages=(python3-torch libopenblas0-pthread python3-onnx python3-pytest python3-pil python3-scipy python3-moderngl libegl1
    libgl1-mesa-dri mypy black flake8)

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en
# A reused build node would outlive the script and keep its output open.
export MSBUILDDISABLENODEREUSE=1

fail() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

heading() {
    printf '\n== %s\n' "$*"
}

require_dotnet() {
    command -v dotnet >/dev/null || fail "the .NET SDK is missing; install version 10 from https://dot.net"
    [[ "$(cd "$repository_root" && dotnet --version 2>/dev/null)" == 10.* ]] \
        || fail ".NET SDK 10 is needed; installed: $(dotnet --list-sdks | cut -d' ' -f1 | xargs)"
}

# The native libraries come for this one platform.
require_platform() {
    [[ "$(uname -sm)" == "Linux x86_64" ]] || fail "this needs Linux on x64; here is $(uname -sm)"
}

# The storage emulator and the published models; no install script and no root needed.
require_node_packages() {
    command -v npm >/dev/null || fail "Node.js with npm is missing; install version 20 or newer from https://nodejs.org"
    local installed="$repository_root/eng/node_modules/.package-lock.json"
    if [[ ! -e "$installed" || "$repository_root/eng/package-lock.json" -nt "$installed" ]]; then
        heading "Installing npm packages (storage emulator, published models)"
        npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --prefix "$repository_root/eng" </dev/null \
            || fail "npm ci failed"
        touch "$installed"
    fi
}

# Makes model folders of the published models in the npm packages. Before the apps are built, which carry every model folder that is
# there; folders that are right already are left alone.
import_models() {
    local project="$repository_root/src/PoseFunctions.ModelImport"
    heading "Importing published models"
    dotnet build "$project" --configuration Release -v quiet </dev/null || fail "the model import could not be built"
    dotnet "$project/bin/Release/net10.0/PoseFunctions.ModelImport.dll" \
        --package "$repository_root/eng/node_modules/@mediapipe/pose" --models "$repository_root/models" </dev/null \
        || fail "the published models could not be imported"
}

require_python() {
    if "$python" -c 'import torch, onnx, pytest, PIL, scipy, moderngl, mypy, black, flake8' 2>/dev/null \
        && ldconfig -p 2>/dev/null | grep -q libopenblas; then
        return
    fi

    local as_root=()
    if [[ "$(id -u)" != 0 ]]; then
        sudo -n true 2>/dev/null || fail "Python packages are missing; run: sudo apt-get install ${python_packages[*]}"
        as_root=(sudo -n)
    fi

    heading "Installing Python packages"
    command -v apt-get >/dev/null || fail "Python packages are missing and this is no Debian; see models/pyproject.toml"
    # Another apt may be at work, at the start of a machine above all.
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3)
    "${apt[@]}" update </dev/null || true
    "${apt[@]}" install --no-install-recommends -y "${python_packages[@]}" \
        </dev/null >/dev/null || fail "apt-get could not install: ${python_packages[*]}"
}
