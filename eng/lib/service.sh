# Sourced after environment.sh by the scripts that start the service: the storage emulator, the published apps, the local host.

azurite_pid="" host_pid=""

# Builds what the service consists of and publishes the two apps, into out/apps.
publish_service() {
    local app
    dotnet build "$repository_root/eng/demo.slnf" --configuration Release -v quiet </dev/null || fail "the build failed"
    for app in Worker Api; do
        dotnet publish "$repository_root/src/PoseFunctions.$app/PoseFunctions.$app.csproj" --configuration Release --no-build \
            --output "$repository_root/out/apps/${app,,}" -v quiet </dev/null || fail "publishing $app failed"
    done
}

# Waits until a process that was just started writes a line with the pattern, and prints that line.
wait_for_line() {
    local pid=$1 log=$2 pattern=$3 tenths
    for ((tenths = 0; tenths < 600; tenths++)); do
        grep -m 1 -e "$pattern" "$log" 2>/dev/null && return 0
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    return 1
}

# Starts the emulator on free ports with its data under a folder; sets connection.
start_azurite() {
    local folder=$1 log="$1/azurite.log" account=devstoreaccount1
    mkdir -p "$folder"
    setsid node "$repository_root/eng/node_modules/azurite/dist/src/azurite.js" \
        --location "$folder/azurite" --disableTelemetry --skipApiVersionCheck --silent \
        --blobHost 127.0.0.1 --blobPort 0 --queueHost 127.0.0.1 --queuePort 0 --tableHost 127.0.0.1 --tablePort 0 \
        </dev/null >"$log" 2>&1 &
    azurite_pid=$!
    wait_for_line "$azurite_pid" "$log" 'Table service is successfully listening' >/dev/null \
        || fail "the storage emulator did not start; see $log"

    # The well-known account and key of every emulator.
    connection="DefaultEndpointsProtocol=http;AccountName=$account"
    connection+=";AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
    connection+=";BlobEndpoint=http://127.0.0.1:$(azurite_port Blob "$log")/$account"
    connection+=";QueueEndpoint=http://127.0.0.1:$(azurite_port Queue "$log")/$account;"
}

azurite_port() {
    sed -n "s|.*$1 service is successfully listening at http://127.0.0.1:||p" "$2"
}

# Starts the local host with both apps; sets POSEFUNCTIONS_URL, and connection to the one before which blob events are made.
start_host() {
    local folder=$1 line
    Photos="$connection" AzureWebJobsStorage="$connection" setsid dotnet \
        "$repository_root/src/PoseFunctions.LocalHost/bin/Release/net10.0/PoseFunctions.LocalHost.dll" \
        --app "$repository_root/out/apps/worker" --app "$repository_root/out/apps/api" --port 0 --blob-events Photos \
        </dev/null >"$folder/host.out" 2>"$folder/host.log" &
    host_pid=$!
    line="$(wait_for_line "$host_pid" "$folder/host.out" '^listening ')" \
        || fail "the service did not start: $(tail -n 3 "$folder/host.log")"
    export POSEFUNCTIONS_URL="${line#listening }"
    connection="$(sed -n 's/^storage Photos //p' "$folder/host.out")"
}

stop_service() {
    stop_process "$host_pid"
    stop_process "$azurite_pid"
}

stop_process() {
    local pid=$1 tenths
    [[ -n "$pid" ]] || return 0
    kill -TERM "$pid" 2>/dev/null || return 0
    for ((tenths = 0; tenths < 450; tenths++)); do
        kill -0 "$pid" 2>/dev/null || return 0
        sleep 0.1
    done
    kill -KILL "$pid" 2>/dev/null || true
}

new_key() {
    head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \n'
}
