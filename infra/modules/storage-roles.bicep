import { grant, roleIds } from 'types.bicep'

param accountName string

@description('Who gets what, and why.')
param grants grant[]

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: accountName
}

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for grant in grants: {
  name: guid(account.id, grant.principalId, grant.role)
  scope: account
  properties: {
    principalId: grant.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[grant.role])
    description: grant.reason
  }
}]
