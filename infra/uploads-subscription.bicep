// Wakes the worker when a photo is uploaded. Deployed after the worker runs (infra/scripts/after-deploy): Event Grid asks the
// endpoint whether it wants the events, and the key that opens the endpoint is made by the worker's host at its first start.
param vaultName string
param topicName string
param accountName string
param deadLetterContainer string
param workerHost string

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: accountName
}

module subscription 'modules/uploads-subscription.bicep' = {
  name: 'uploads-subscription-webhook'
  params: {
    topicName: topicName
    accountId: account.id
    deadLetterContainer: deadLetterContainer
    workerHost: workerHost
    // As the host writes the system key blobs_extension: 095 is the underscore.
    extensionKey: vault.getSecret('host--systemKey--blobs-095extension')
  }
}

output subscriptionName string = subscription.outputs.name
