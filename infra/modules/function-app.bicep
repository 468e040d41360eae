// A function app with an identity of its own, which may use the storage account and read the keys, and nothing else.

param name string
param location string

@allowed(['FC1', 'Y1'])
param plan string
param maximumInstances int
param instanceMemory int
param storageName string

@description('The container from which the app\'s package is run.')
param packages string
param vaultName string
param insightsConnection string

@description('The Log Analytics workspace that gets the host\'s own logs and metrics.')
param workspaceId string

@description('The ids of the roles that the app has on the storage account.')
param roles array

@description('The app\'s own settings.')
param settings object

var isFlex = plan == 'FC1'
var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var common = {
  AzureWebJobsStorage__accountName: storageName
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnection
}
// On Flex Consumption these are told by functionAppConfig instead.
var consumption = {
  FUNCTIONS_EXTENSION_VERSION: '~4'
  FUNCTIONS_WORKER_RUNTIME: 'dotnet-isolated'
  WEBSITE_RUN_FROM_PACKAGE: '${storage.properties.primaryEndpoints.blob}${packages}/package.zip'
  WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID: 'SystemAssigned'
}

resource storage 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: storageName
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource server 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: '${name}-plan'
  location: location
  kind: 'functionapp'
  sku: isFlex ? { name: 'FC1', tier: 'FlexConsumption' } : { name: 'Y1', tier: 'Dynamic' }
  properties: { reserved: isFlex }
}

resource site 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  kind: isFlex ? 'functionapp,linux' : 'functionapp'
  identity: { type: 'SystemAssigned' }
  properties: {
    serverFarmId: server.id
    httpsOnly: true
    functionAppConfig: isFlex
      ? {
          deployment: {
            storage: {
              type: 'blobContainer'
              value: '${storage.properties.primaryEndpoints.blob}${packages}'
              authentication: { type: 'SystemAssignedIdentity' }
            }
          }
          scaleAndConcurrency: {
            maximumInstanceCount: maximumInstances
            instanceMemoryMB: instanceMemory
          }
          runtime: { name: 'dotnet-isolated', version: '10.0' }
        }
      : null
    siteConfig: union(
      { minTlsVersion: '1.2', ftpsState: 'Disabled', http20Enabled: true },
      isFlex ? {} : { netFrameworkVersion: 'v10.0', use32BitWorkerProcess: false }
    )
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(common, isFlex ? {} : consumption, settings)
    dependsOn: [storageRoles, vaultRole]
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: site
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'FunctionAppLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

resource storageRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in roles: {
    name: guid(storage.id, site.id, role)
    scope: storage
    properties: {
      principalId: site.identity.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

resource vaultRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, site.id, keyVaultSecretsUser)
  scope: vault
  properties: {
    principalId: site.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
  }
}
