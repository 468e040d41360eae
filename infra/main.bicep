// The executor as a function app, with all that it needs: storage, keys, its identity's roles, and telemetry.
targetScope = 'resourceGroup'

@description('What the names of all resources begin with: 3 to 11 lower-case letters and digits.')
@minLength(3)
@maxLength(11)
param name string = 'stepwell'

@description('Where the resources are. Flex Consumption is not offered everywhere.')
param location string = resourceGroup().location

@description('The plan: FC1 is Flex Consumption on Linux, Y1 is Consumption on Windows.')
@allowed(['FC1', 'Y1'])
param plan string = 'FC1'

@description('Flex Consumption only: the most instances.')
@minValue(1)
@maxValue(1000)
param maximumInstances int = 40

@description('Flex Consumption only: the memory of an instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemory int = 2048

@description('What the names of the executor\'s tables, queues and containers begin with.')
param storagePrefix string = 'stepwell'

@description('The key with which events are sent; several, parted by commas, while one is replaced.')
@secure()
param eventKeys string

@description('The key that signs calls: signkey-<env>-<hex>.')
@secure()
param signingKey string

@description('The signing key that is being replaced; empty when none is.')
@secure()
param signingKeyFallback string = ''

@description('Whether there is a second function app, for functions of one\'s own.')
param withApp bool = false

@description('The name of that app\'s HTTP route at which it serves its functions.')
param appRoute string = 'api/stepwell'

var unique = uniqueString(resourceGroup().id, name)
var executorName = '${name}-executor-${unique}'
var appName = '${name}-app-${unique}'
var blobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
var queueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fac8'
var tableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
var storageRoles = [blobDataContributor, queueDataContributor, tableDataContributor]

resource storage 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: take('${name}${unique}', 24)
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource executorPackages 'containers' = {
      name: 'executor-packages'
    }

    resource appPackages 'containers' = if (withApp) {
      name: 'app-packages'
    }
  }
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs-${unique}'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: '${name}-insights-${unique}'
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
  }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: take('${name}-${unique}', 24)
  location: location
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
  }

  resource eventKeysSecret 'secrets' = {
    name: 'event-keys'
    properties: { value: eventKeys }
  }

  resource signingKeySecret 'secrets' = {
    name: 'signing-key'
    properties: { value: signingKey }
  }

  resource signingKeyFallbackSecret 'secrets' = if (!empty(signingKeyFallback)) {
    name: 'signing-key-fallback'
    properties: { value: signingKeyFallback }
  }
}

var eventKeysReference = '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=event-keys)'
var signingKeyReference = '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=signing-key)'
var signingKeyFallbackReference = '@Microsoft.KeyVault(VaultName=${vault.name};SecretName=signing-key-fallback)'

module executor 'modules/function-app.bicep' = {
  name: 'executor'
  params: {
    name: executorName
    location: location
    plan: plan
    maximumInstances: maximumInstances
    instanceMemory: instanceMemory
    storageName: storage.name
    packages: storage::blobs::executorPackages.name
    vaultName: vault.name
    insightsConnection: insights.properties.ConnectionString
    workspaceId: workspace.id
    roles: storageRoles
    settings: union(
      {
        AzureWebJobsDisableHomepage: 'true'
        STEPWELL_STORAGE_PREFIX: storagePrefix
        STEPWELL_EVENT_KEY: eventKeysReference
        STEPWELL_SIGNING_KEY: signingKeyReference
      },
      empty(signingKeyFallback) ? {} : { STEPWELL_SIGNING_KEY_FALLBACK: signingKeyFallbackReference }
    )
  }
  dependsOn: [vault::eventKeysSecret, vault::signingKeySecret, vault::signingKeyFallbackSecret]
}

module app 'modules/function-app.bicep' = if (withApp) {
  name: 'app'
  params: {
    name: appName
    location: location
    plan: plan
    maximumInstances: maximumInstances
    instanceMemory: instanceMemory
    storageName: storage.name
    packages: 'app-packages'
    vaultName: vault.name
    insightsConnection: insights.properties.ConnectionString
    workspaceId: workspace.id
    roles: storageRoles
    settings: union(
      {
        INNGEST_BASE_URL: 'https://${executorName}.azurewebsites.net'
        INNGEST_EVENT_KEY: eventKeysReference
        INNGEST_SIGNING_KEY: signingKeyReference
      },
      empty(signingKeyFallback) ? {} : { INNGEST_SIGNING_KEY_FALLBACK: signingKeyFallbackReference }
    )
  }
  dependsOn: [storage::blobs::appPackages, vault::eventKeysSecret, vault::signingKeySecret, vault::signingKeyFallbackSecret]
}

@description('The executor: events go to its path /e/KEY.')
output executorUrl string = 'https://${executorName}.azurewebsites.net'

@description('The storage account of the executor\'s state, and of packages on a Consumption plan.')
output storageName string = storage.name

@description('The name under which the executor is published.')
output executorName string = executorName

@description('The name under which the app of one\'s own is published; empty without one.')
output appName string = withApp ? appName : ''

@description('What to PUT after each publication, so that the executor knows the app\'s functions; empty without one.')
output appUrl string = withApp ? 'https://${appName}.azurewebsites.net/${appRoute}' : ''
