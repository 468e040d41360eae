#!/usr/bin/env bash
# Builds the executor, provisions what it needs in Azure, publishes it, and has an app of one's own register with it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() {
  cat >&2 <<'TEXT'
infra/deploy.sh GROUP LOCATION [--plan FC1|Y1] [--app PROJECT] [--what-if]

  GROUP       the resource group, which is created if it is missing
  LOCATION    the region, such as westeurope
  --plan      FC1: Flex Consumption (default); Y1: Consumption
  --app       a function app of your own that is published beside the executor, such as samples/DripCampaign.Functions
  --what-if   shows what would change in Azure, and changes nothing

It needs the Azure CLI, logged in, the .NET SDK, zip and curl; and in the environment STEPWELL_EVENT_KEY and STEPWELL_SIGNING_KEY
(signkey-prod-<hex>), and while a signing key is replaced STEPWELL_SIGNING_KEY_FALLBACK.
TEXT
  exit 2
}

[ $# -ge 2 ] || usage
group=$1 location=$2 plan=FC1 app="" whatif=""
shift 2
while [ $# -gt 0 ]; do
  case $1 in
    --plan) plan=${2:?"--plan needs FC1 or Y1"}; shift 2 ;;
    --app) app=${2:?"--app needs a project"}; shift 2 ;;
    --what-if) whatif=1; shift ;;
    *) usage ;;
  esac
done
case $plan in
  FC1) runtime=linux-x64 ;;
  Y1) runtime=win-x64 ;;
  *) echo "infra/deploy.sh: does not know the plan '$plan'; it is FC1 or Y1." >&2; exit 2 ;;
esac
for tool in az dotnet zip curl; do
  command -v "$tool" >/dev/null || { echo "infra/deploy.sh: needs $tool." >&2; exit 1; }
done
: "${STEPWELL_EVENT_KEY:?is missing: the key with which events are sent}"
: "${STEPWELL_SIGNING_KEY:?is missing: signkey-prod- and 64 hexadecimal digits, as from openssl rand -hex 32}"

parameters=(--template-file infra/main.bicep --parameters infra/main.bicepparam "plan=$plan" "withApp=$([ -n "$app" ] && echo true || echo false)")
if [ -n "$whatif" ]; then
  # On a line of its own: in a test, or among the arguments of a command, a call that fails does not end the script.
  exists=$(az group exists --name "$group")
  if [ "$exists" != true ]; then
    echo "infra/deploy.sh: there is no resource group '$group' yet, and what would change can only be shown in one: az group create --name $group --location $location" >&2
    exit 1
  fi
  az deployment group what-if --resource-group "$group" "${parameters[@]}"
  exit 0
fi
az group create --name "$group" --location "$location" --output none

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Compiled ahead for the plan's system: a new instance has less to compile before its first answer (docs/performance.md).
pack() { # pack PROJECT NAME
  dotnet publish "$1" --configuration Release --runtime "$runtime" --self-contained false -p:PublishReadyToRun=true -p:FunctionsWorker=official \
    --output "$work/$2" --verbosity quiet
  (cd "$work/$2" && zip -qr "../$2.zip" .)
}
pack src/Executor.Functions executor
[ -z "$app" ] || pack "$app" app

az deployment group create --resource-group "$group" --name stepwell "${parameters[@]}" --output none
output() { az deployment group show --resource-group "$group" --name stepwell --query "properties.outputs.$1.value" --output tsv; }

publish() { # publish SITE ZIP CONTAINER
  local storage
  if [ "$plan" = FC1 ]; then
    az functionapp deployment source config-zip --resource-group "$group" --name "$1" --src "$2" --output none
  else
    storage=$(output storageName)
    az storage blob upload --auth-mode login --account-name "$storage" --container-name "$3" --name package.zip --file "$2" --overwrite --output none
    az functionapp restart --resource-group "$group" --name "$1" --output none
  fi
}
site=$(output executorName)
publish "$site" "$work/executor.zip" executor-packages
url=$(output executorUrl)
curl --fail --silent --show-error --retry 20 --retry-all-errors --retry-delay 5 --output /dev/null "$url/health"

if [ -n "$app" ]; then
  site=$(output appName)
  publish "$site" "$work/app.zip" app-packages
  url_of_app=$(output appUrl)
  # A function app that nobody calls does not run: this makes it tell the executor which functions it has.
  curl --fail --silent --show-error --retry 20 --retry-all-errors --retry-delay 5 --request PUT --output /dev/null "$url_of_app"
fi
echo "The executor runs at $url"
