import { grant, roleIds } from 'types.bicep'

param vaultName string

@description('Who gets what, and why.')
param grants grant[]

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for grant in grants: {
  name: guid(vault.id, grant.principalId, grant.role)
  scope: vault
  properties: {
    principalId: grant.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[grant.role])
    description: grant.reason
  }
}]
