// What somebody has to look at. The phrases and the span names in the queries are those of the code; a test compares them.
param prefix string
param location string
param tags { *: string }
param workspaceId string
param topicId string
param workerName string

@description('Who is told.')
param emails string[]

@description('Seconds that the oldest accepted photo may wait for a worker.')
param oldestJobSeconds int

@description('Percent of jobs that may fail in half an hour.')
param failurePercent int

@description('Seconds from a replica\'s first sign of life until its models are warm.')
param coldStartSeconds int

var rules = [
  {
    name: 'poison'
    description: 'A job or a photo was given up by the host. docs/operations.md says how to requeue it.'
    severity: 1
    window: 'PT15M'
    measure: 'Poisoned'
    threshold: 0
    query: '''
ContainerAppConsoleLogs
| where Log has_any ("Every delivery of the message of job", "Every attempt to parse the photo of job")
| summarize Poisoned = count()
'''
  }
  {
    name: 'oldest-job'
    description: 'A photo was accepted long ago and no worker has claimed its job.'
    severity: 1
    window: 'PT2H'
    measure: 'Age'
    threshold: oldestJobSeconds
    query: '''
let claimed = AppRequests | where Name == "run" | distinct OperationId;
AppRequests
| where Name == "upload" and Success == true
| join kind=leftanti claimed on OperationId
| summarize Oldest = min(TimeGenerated)
| extend Age = iff(isnull(Oldest), 0, datetime_diff("second", now(), Oldest))
'''
  }
  {
    name: 'failure-rate'
    description: 'Too many jobs fail. A handful of jobs is no rate: at least ten are needed.'
    severity: 2
    window: 'PT30M'
    measure: 'Percent'
    threshold: failurePercent
    query: '''
AppRequests
| where Name == "run"
| summarize Failed = countif(Success == false), Jobs = count()
| extend Percent = iff(Jobs < 10, 0.0, 100.0 * Failed / Jobs)
'''
  }
  {
    name: 'cold-start'
    description: 'A worker took long from its first sign of life until its models were warm.'
    severity: 3
    window: 'PT1H'
    measure: 'Seconds'
    threshold: coldStartSeconds
    query: replace('''
let begun = ContainerAppSystemLogs
| where ContainerAppName == "WORKER" and isnotempty(ReplicaName)
| summarize Begun = min(TimeGenerated) by Replica = ReplicaName;
ContainerAppConsoleLogs
| where ContainerAppName == "WORKER" and Log has "generators and the person parser are ready on"
| summarize Ready = min(TimeGenerated) by Replica = ContainerGroupName
| join kind=inner begun on Replica
| extend Seconds = datetime_diff("second", Ready, Begun)
''', 'WORKER', workerName)
  }
  {
    name: 'no-gpu'
    description: 'Models run on another provider than the one that was asked for, as a rule on the CPU of a machine that is paid for its GPU.'
    severity: 2
    window: 'PT15M'
    measure: 'Replicas'
    threshold: 0
    query: '''
ContainerAppConsoleLogs
| where Log contains "Models run on '" and Log contains "' instead of '"
| summarize Replicas = dcount(ContainerGroupName)
'''
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${prefix}-operators'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'pose'
    emailReceivers: [for email in emails: {
      name: email
      emailAddress: email
      useCommonAlertSchema: true
    }]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = [for rule in rules: {
  name: '${prefix}-${rule.name}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: '${prefix}-${rule.name}'
    description: rule.description
    severity: rule.severity
    enabled: true
    evaluationFrequency: 'PT5M'
    windowSize: rule.window
    scopes: [workspaceId]
    // The tables come into being with their first rows.
    skipQueryValidation: true
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: rule.query
          timeAggregation: 'Maximum'
          metricMeasureColumn: rule.measure
          operator: 'GreaterThan'
          threshold: rule.threshold
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    actions: {
      actionGroups: [people.id]
    }
  }
}]

resource undelivered 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${prefix}-undelivered-events'
  location: 'global'
  tags: tags
  properties: {
    description: 'Events about uploads could not be delivered for a day. The sweep finds the photos; the webhook needs a look.'
    severity: 2
    enabled: true
    scopes: [topicId]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT1H'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'dead-lettered'
          criterionType: 'StaticThresholdCriterion'
          metricName: 'DeadLetteredCount'
          operator: 'GreaterThan'
          threshold: 0
          timeAggregation: 'Total'
        }
      ]
    }
    actions: [
      {
        actionGroupId: people.id
      }
    ]
  }
}

output operatorsId string = people.id
