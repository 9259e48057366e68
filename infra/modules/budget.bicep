// Tells people; stops nothing. What bounds the cost is maxReplicas of the worker.
param name string

@description('A month\'s amount in the currency of the account.')
@minValue(1)
param amount int

@description('First day of the month in which the budget was created, as yyyy-MM-dd; Azure refuses to change it.')
param startDate string

param emails string[]
param operatorsId string

resource budget 'Microsoft.Consumption/budgets@2024-08-01' = {
  name: name
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: {
      startDate: startDate
    }
    notifications: {
      actual80: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: emails
        contactGroups: [operatorsId]
      }
      forecast100: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: emails
        contactGroups: [operatorsId]
      }
    }
  }
}
