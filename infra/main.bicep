// Everything that PoseFunctions needs in a subscription, but for one thing: who listens to uploads (uploads-subscription.bicep).
targetScope = 'subscription'

import { retentionRule } from 'modules/types.bicep'

@description('Name of the azd environment; part of names.')
@minLength(1)
@maxLength(20)
param environmentName string

@description('A region with serverless GPUs of the profile below.')
param location string

@description('T4 (16 GB) or A100 (80 GB).')
@allowed(['Consumption-GPU-NC8as-T4', 'Consumption-GPU-NC24-A100'])
param gpuProfile string = 'Consumption-GPU-NC8as-T4'

@description('Most GPUs at once, and with them most of what this can cost.')
@minValue(1)
@maxValue(300)
param workerMaxReplicas int

@description('GPUs that stay while nobody asks for anything; 0 costs nothing and makes the first job wait for a start.')
param workerMinReplicas int = 0

@description('Jobs waiting for each replica before another one is started.')
param jobsPerReplica int = 16

@description('When an idle worker is woken to sweep: start and end as cron expressions in UTC.')
param sweepWindow { start: string, end: string }

@description('Whether a worker without its GPU goes on with the CPU, slowly, or does not start.')
param fallBackToCpu bool

param apiMinReplicas int
param apiMaxReplicas int

@description('Image of the api; empty before the first deployment.')
param apiImage string = ''

@description('Image of the worker; empty before the first deployment.')
param workerImage string = ''

@description('Whether the worker was there before this deployment.')
param workerExists bool = false

@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_RAGRS'])
param photosSku string

@allowed(['Basic', 'Standard', 'Premium'])
param registrySku string

@description('When blobs are deleted. Records outlive uploads, or the sweep would take them up again.')
param retention retentionRule[]

@minValue(1)
@maxValue(365)
param softDeleteDays int

@minValue(30)
@maxValue(730)
param logRetentionDays int

@description('OTLP endpoint for metrics; empty for none.')
param metricsEndpoint string = ''

@description('Who gets alerts and notices about the budget.')
param operatorEmails string[]

@description('Seconds that the oldest accepted photo may wait for a worker.')
param oldestJobSeconds int

@description('Percent of jobs that may fail in half an hour.')
param failurePercent int

@description('Seconds from a replica\'s first sign of life until its models are warm.')
param coldStartSeconds int

@description('A month\'s budget in the currency of the account.')
param monthlyBudget int

@description('First day of the month in which the budget was created, as yyyy-MM-dd.')
param budgetStart string

@description('Whether storage and keys have addresses in a network of their own only. Signed upload URLs then work inside it only.')
param privateNetwork bool = false

var suffix = uniqueString(subscription().id, environmentName, location)
var tags = { 'azd-env-name': environmentName }
var hostId = 'poseworker'
var deadLetterContainer = 'event-dead-letters'
// Runs without functions until the first image is deployed.
var placeholderImage = 'mcr.microsoft.com/azure-functions/dotnet-isolated:4-dotnet-isolated10.0'
var photoContainers = ['uploads', 'pose-photos', 'requests', 'parsed', 'jobs', 'workers', 'results']

resource group 'Microsoft.Resources/resourceGroups@2024-07-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module apiIdentity 'modules/identity.bicep' = {
  name: 'api-identity'
  scope: group
  params: { name: 'id-api-${suffix}', location: location, tags: tags }
}

module workerIdentity 'modules/identity.bicep' = {
  name: 'worker-identity'
  scope: group
  params: { name: 'id-worker-${suffix}', location: location, tags: tags }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  scope: group
  params: {
    workspaceName: 'log-${suffix}'
    insightsName: 'appi-${suffix}'
    location: location
    tags: tags
    retentionDays: logRetentionDays
  }
}

module registry 'modules/registry.bicep' = {
  name: 'registry'
  scope: group
  params: { name: 'acr${suffix}', location: location, tags: tags, sku: registrySku }
}

module photos 'modules/photos-storage.bicep' = {
  name: 'photos'
  scope: group
  params: {
    name: 'photos${suffix}'
    location: location
    tags: tags
    sku: photosSku
    containers: concat(photoContainers, [deadLetterContainer])
    queues: ['pose-jobs', 'pose-jobs-poison', 'webjobs-blobtrigger-poison']
    retention: retention
    softDeleteDays: softDeleteDays
    privateNetwork: privateNetwork
  }
}

module apiHost 'modules/host-storage.bicep' = {
  name: 'api-host-storage'
  scope: group
  params: { name: 'hostapi${suffix}', location: location, tags: tags, queues: [], privateNetwork: privateNetwork }
}

module workerHost 'modules/host-storage.bicep' = {
  name: 'worker-host-storage'
  scope: group
  params: {
    name: 'hostgpu${suffix}'
    location: location
    tags: tags
    queues: ['azure-webjobs-blobtrigger-${hostId}']
    privateNetwork: privateNetwork
  }
}

module apiVault 'modules/key-vault.bicep' = {
  name: 'api-vault'
  scope: group
  params: { name: 'kv-api-${suffix}', location: location, tags: tags, privateNetwork: privateNetwork }
}

module workerVault 'modules/key-vault.bicep' = {
  name: 'worker-vault'
  scope: group
  params: { name: 'kv-gpu-${suffix}', location: location, tags: tags, privateNetwork: privateNetwork }
}

module events 'modules/events.bicep' = {
  name: 'events'
  scope: group
  params: { name: 'uploads-${suffix}', location: location, tags: tags, accountId: photos.outputs.id }
}

module registryRoles 'modules/registry-roles.bicep' = {
  name: 'registry-roles'
  scope: group
  params: {
    registryName: registry.outputs.name
    grants: [
      { principalId: apiIdentity.outputs.principalId, role: 'AcrPull', reason: 'The api pulls its image.' }
      { principalId: workerIdentity.outputs.principalId, role: 'AcrPull', reason: 'The worker pulls its image.' }
    ]
  }
}

module photosRoles 'modules/storage-roles.bicep' = {
  name: 'photos-roles'
  scope: group
  params: {
    accountName: photos.outputs.name
    grants: [
      {
        principalId: workerIdentity.outputs.principalId
        role: 'Storage Blob Data Contributor'
        reason: 'The worker reads photos, writes records, parsed photos and results, and erases.'
      }
      {
        principalId: workerIdentity.outputs.principalId
        role: 'Storage Queue Data Contributor'
        reason: 'The worker takes jobs, hands them back, sends what the watchdog finds, and scales by the length of the queue.'
      }
      {
        principalId: apiIdentity.outputs.principalId
        role: 'Storage Blob Data Contributor'
        reason: 'The api writes photos, requests and records, reads results, and erases.'
      }
      {
        principalId: apiIdentity.outputs.principalId
        role: 'Storage Blob Delegator'
        reason: 'The api signs upload URLs with its own identity.'
      }
      {
        principalId: apiIdentity.outputs.principalId
        role: 'Storage Queue Data Contributor'
        reason: 'The api sends a job that is retried, measures the queue, and sees at its start that the queue is there.'
      }
    ]
  }
}

module deadLetterRoles 'modules/container-roles.bicep' = {
  name: 'dead-letter-roles'
  scope: group
  params: {
    accountName: photos.outputs.name
    containerName: deadLetterContainer
    grants: [
      {
        principalId: events.outputs.principalId
        role: 'Storage Blob Data Contributor'
        reason: 'Event Grid keeps events that it could not deliver.'
      }
    ]
  }
}

module apiHostRoles 'modules/storage-roles.bicep' = {
  name: 'api-host-roles'
  scope: group
  params: {
    accountName: apiHost.outputs.name
    grants: [
      {
        principalId: apiIdentity.outputs.principalId
        role: 'Storage Blob Data Owner'
        reason: 'The Functions host of the api keeps locks here; Owner is what the host asks for.'
      }
    ]
  }
}

module workerHostRoles 'modules/storage-roles.bicep' = {
  name: 'worker-host-roles'
  scope: group
  params: {
    accountName: workerHost.outputs.name
    grants: [
      {
        principalId: workerIdentity.outputs.principalId
        role: 'Storage Blob Data Owner'
        reason: 'The Functions host of the worker keeps locks, receipts and timers here; Owner is what the host asks for.'
      }
      {
        principalId: workerIdentity.outputs.principalId
        role: 'Storage Queue Data Contributor'
        reason: 'The host keeps an upload\'s event in a queue until its function has run, and scales by it.'
      }
    ]
  }
}

module apiVaultRoles 'modules/vault-roles.bicep' = {
  name: 'api-vault-roles'
  scope: group
  params: {
    vaultName: apiVault.outputs.name
    grants: [
      {
        principalId: apiIdentity.outputs.principalId
        role: 'Key Vault Secrets Officer'
        reason: 'The Functions host of the api makes, reads and replaces its function keys.'
      }
    ]
  }
}

module workerVaultRoles 'modules/vault-roles.bicep' = {
  name: 'worker-vault-roles'
  scope: group
  params: {
    vaultName: workerVault.outputs.name
    grants: [
      {
        principalId: workerIdentity.outputs.principalId
        role: 'Key Vault Secrets Officer'
        reason: 'The Functions host of the worker makes, reads and replaces the key that Event Grid uses.'
      }
    ]
  }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  name: 'network'
  scope: group
  params: { name: 'vnet-${suffix}', location: location, tags: tags }
}

var blobZone = 'privatelink.blob.${az.environment().suffixes.storage}'
var queueZone = 'privatelink.queue.${az.environment().suffixes.storage}'
var vaultZone = 'privatelink.vaultcore.azure.net'

module endpoints 'modules/private-endpoints.bicep' = if (privateNetwork) {
  name: 'private-endpoints'
  scope: group
  params: {
    location: location
    tags: tags
    networkId: network!.outputs.id
    subnetId: network!.outputs.endpointsSubnetId
    zones: [blobZone, queueZone, vaultZone]
    services: [
      { name: 'pe-photos-blob', serviceId: photos.outputs.id, groupId: 'blob', zone: blobZone }
      { name: 'pe-photos-queue', serviceId: photos.outputs.id, groupId: 'queue', zone: queueZone }
      { name: 'pe-api-host-blob', serviceId: apiHost.outputs.id, groupId: 'blob', zone: blobZone }
      { name: 'pe-worker-host-blob', serviceId: workerHost.outputs.id, groupId: 'blob', zone: blobZone }
      { name: 'pe-worker-host-queue', serviceId: workerHost.outputs.id, groupId: 'queue', zone: queueZone }
      { name: 'pe-api-vault', serviceId: apiVault.outputs.id, groupId: 'vault', zone: vaultZone }
      { name: 'pe-worker-vault', serviceId: workerVault.outputs.id, groupId: 'vault', zone: vaultZone }
    ]
  }
}

module environment 'modules/environment.bicep' = {
  name: 'environment'
  scope: group
  params: {
    name: 'cae-${suffix}'
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    insightsName: monitoring.outputs.insightsName
    subnetId: privateNetwork ? network!.outputs.appsSubnetId : ''
    gpuProfile: gpuProfile
    metricsEndpoint: metricsEndpoint
  }
}

module api 'modules/api-app.bicep' = {
  name: 'api'
  scope: group
  params: {
    name: 'ca-api-${suffix}'
    location: location
    tags: tags
    environmentId: environment.outputs.id
    image: empty(apiImage) ? placeholderImage : apiImage
    registryServer: registry.outputs.loginServer
    identityId: apiIdentity.outputs.id
    clientId: apiIdentity.outputs.clientId
    hostAccountName: apiHost.outputs.name
    blobEndpoint: photos.outputs.blobEndpoint
    queueEndpoint: photos.outputs.queueEndpoint
    vaultUri: apiVault.outputs.uri
    minReplicas: apiMinReplicas
    maxReplicas: apiMaxReplicas
  }
  dependsOn: [registryRoles, photosRoles, apiHostRoles, apiVaultRoles, endpoints]
}

module worker 'modules/worker-app.bicep' = {
  name: 'worker'
  scope: group
  params: {
    name: 'ca-worker-${suffix}'
    location: location
    tags: tags
    environmentId: environment.outputs.id
    environmentDomain: environment.outputs.defaultDomain
    image: empty(workerImage) ? placeholderImage : workerImage
    registryServer: registry.outputs.loginServer
    identityId: workerIdentity.outputs.id
    clientId: workerIdentity.outputs.clientId
    hostAccountName: workerHost.outputs.name
    hostId: hostId
    photosAccountName: photos.outputs.name
    blobEndpoint: photos.outputs.blobEndpoint
    queueEndpoint: photos.outputs.queueEndpoint
    vaultUri: workerVault.outputs.uri
    gpuProfile: gpuProfile
    minReplicas: workerMinReplicas
    maxReplicas: workerMaxReplicas
    jobsPerReplica: jobsPerReplica
    sweepWindow: sweepWindow
    fallBackToCpu: fallBackToCpu
    exists: workerExists
  }
  dependsOn: [registryRoles, photosRoles, workerHostRoles, workerVaultRoles, endpoints]
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    prefix: 'pose-${environmentName}'
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    topicId: events.outputs.id
    workerName: worker.outputs.name
    emails: operatorEmails
    oldestJobSeconds: oldestJobSeconds
    failurePercent: failurePercent
    coldStartSeconds: coldStartSeconds
  }
}

module budget 'modules/budget.bicep' = {
  name: 'budget'
  scope: group
  params: {
    name: 'pose-${environmentName}'
    amount: monthlyBudget
    startDate: budgetStart
    emails: operatorEmails
    operatorsId: alerts.outputs.operatorsId
  }
}

// azd keeps these; infra/scripts/after-deploy reads them.
output AZURE_RESOURCE_GROUP string = group.name
output AZURE_CONTAINER_REGISTRY_ENDPOINT string = registry.outputs.loginServer
output API_HOST string = api.outputs.host
output WORKER_HOST string = worker.outputs.host
output WORKER_ID string = worker.outputs.id
output WORKER_SCALE string = string(worker.outputs.scale)
output WORKER_API_VERSION string = worker.outputs.apiVersion
output WORKER_VAULT string = workerVault.outputs.name
output PHOTOS_ACCOUNT string = photos.outputs.name
output EVENTS_TOPIC string = events.outputs.name
output DEAD_LETTER_CONTAINER string = deadLetterContainer
