#include "server/graphql/schema_text.h"

namespace callisto::server::graphql {

// Names and arguments are JupiterOne's (wire-api 7 and 8). What is named here and has no value,
// such as the icon of an account, is null; what is not named here is refused.
const std::string_view kSchemaText = R"(
scalar String scalar Int scalar Float scalar Boolean scalar ID scalar JSON scalar Long
enum DeferredResponseOption { DISABLED OPTIONAL FORCE }
enum DeferredResponseFormat { JSON CSV }
enum LayerView { EFFECTIVE MUTATION BASE INTEGRATION }
input QueryV1Flags { computedProperties: Boolean rowMetadata: Boolean variableResultSize: Boolean }
input VertexFilters { _id: String _key: String _type: [String!] _class: [String!] }
input EdgeFilters { _id: String _key: String _type: String _class: String }
input CreateEntityInput { timestamp: Long entity: JSON! }
input CreateRelationshipInput { timestamp: Long relationship: JSON! }
input QuestionQueryInput {
  name: String query: String! version: String resultsAre: String includeDeleted: Boolean
}
input QuestionVariableInput { name: String! required: Boolean default: JSON }
input QuestionComplianceInput { standard: String requirements: [String!] controls: [String!] }
input CreateQuestionInput {
  title: String! description: String queries: [QuestionQueryInput!]!
  variables: [QuestionVariableInput!] compliance: [QuestionComplianceInput!] tags: [String!]
  showTrend: Boolean pollingInterval: String integrationDefinitionId: String
}
input QuestionUpdate {
  title: String description: String queries: [QuestionQueryInput!]
  variables: [QuestionVariableInput!] compliance: [QuestionComplianceInput!] tags: [String!]
  showTrend: Boolean pollingInterval: String integrationDefinitionId: String
}
input IntegrationPollingIntervalCronExpressionInput { hour: Int dayOfWeek: Int }
input CreateIntegrationInstanceInput {
  name: String! description: String integrationDefinitionId: String pollingInterval: String
  pollingIntervalCronExpression: IntegrationPollingIntervalCronExpressionInput config: JSON
  offsiteComplete: Boolean collectorPoolId: String ingestionSourcesOverrides: JSON
  sourceIntegrationInstanceId: String resourceGroupId: String
}
input UpdateIntegrationInstanceInput {
  name: String description: String integrationDefinitionId: String pollingInterval: String
  pollingIntervalCronExpression: IntegrationPollingIntervalCronExpressionInput config: JSON
  offsiteComplete: Boolean collectorPoolId: String ingestionSourcesOverrides: JSON
  sourceIntegrationInstanceId: String resourceGroupId: String
}

input CreateSmartClassInput { tagName: String! description: String }
input PatchSmartClassInput { id: ID! tagName: String description: String }
input CreateSmartClassQueryInput { smartClassId: ID! query: String! description: String }
input PatchSmartClassQueryInput { id: ID! query: String description: String }

type Query {
  queryV1(query: String! variables: JSON cursor: String includeDeleted: Boolean
    deferredResponse: DeferredResponseOption deferredFormat: DeferredResponseFormat
    flags: QueryV1Flags scopeFilters: [JSON!] remember: Boolean dryRun: Boolean
    sourceMetadata: JSON layer: LayerView): QueryV1Response!
  queryV2(query: String! variables: JSON cursor: String scopeFilters: [JSON!]
    includeDeleted: Boolean returnRowMetadata: Boolean
    returnComputedProperties: Boolean layer: LayerView): QueryV1Response!
  queryGraph(query: String! variables: JSON includeDeleted: Boolean scopeFilters: [JSON!]
    layer: LayerView): Graph!
  vertex(id: String filters: VertexFilters filterType: String propertyFilters: JSON): Vertex
  listVerticesV2(filters: VertexFilters filterType: String limit: Int size: Int cursor: String
    after: String propertyFilters: JSON search: String sort: JSON): VertexList!
  listVertices(filters: VertexFilters filterType: String limit: Int size: Int cursor: String
    after: String): VertexList!
  edge(id: String label: String filters: EdgeFilters): Edge
  entityCount(filters: VertexFilters filterType: String): Long!
  typeCounts(classes: [String!] filterType: String filters: VertexFilters): JSON!
  allEntityCounts: JSON!
  queryProperties(entity: String): [EntityProperty!]!
  getEntityCounts: EntityCounts!
  getAllAssetProperties: JSON!
  fetchEntityById(entityId: String!): EntityResult!
  fetchEntityContributionsById(entityId: String!): EntityContributions!
  fetchRelationshipById(relationshipId: String!): RelationshipResult!
  iamGetAccount: IamAccount!
  entityRawDataLegacy(entityId: String! source: String! name: String
    versionId: String): EntityRawData!
  question(id: ID!): Question!
  questions(searchQuery: String tags: [String!] limit: Int cursor: String type: String
    integrationDefinitionId: String filter: JSON sortBy: JSON categories: [String]): QuestionPage!
  parameter(name: String!): Parameter!
  parameterList(limit: Int cursor: String): ParameterPage!
  smartClass(id: ID!): SmartClass!
  smartClasses: [SmartClass!]!
  smartClassQuery(id: ID!): SmartClassQuery!
  integrationInstance(id: String!): IntegrationInstance!
  integrationInstances(definitionId: String cursor: String limit: Int
    filter: JSON): IntegrationInstancePage!
  integrationInstancesV2(definitionId: String cursor: String limit: Int
    filter: JSON): IntegrationInstancePage!
  integrationDefinitions(cursor: String limit: Int includeConfig: Boolean
    filter: JSON): IntegrationDefinitionPage!
  integrationDefinition(id: String includeConfig: Boolean): IntegrationDefinition
  findIntegrationDefinition(integrationType: String!): IntegrationDefinition
  integrationJobs(status: String integrationInstanceId: String integrationDefinitionId: String
    integrationInstanceIds: [String] cursor: String size: Int): IntegrationJobPage!
  integrationJob(id: String! integrationInstanceId: String): IntegrationJob!
  integrationEvents(jobId: String! integrationInstanceId: String cursor: String
    size: Int): IntegrationEventPage!
}
type Mutation {
  createEntity(entityKey: String! entityType: String! entityClass: [String!]! timestamp: Long
    properties: JSON): EntityMutation!
  updateEntity(entityId: String! timestamp: Long properties: JSON): EntityMutation!
  deleteEntity(entityId: String! timestamp: Long hardDelete: Boolean): EntityMutation!
  createEntityV2(input: CreateEntityInput! ): EntityResult!
  updateEntityV2(timestamp: Long entity: JSON!): EntityResult!
  deleteEntityV2(entityId: String! timestamp: Long hardDelete: Boolean): EntityResult!
  resetEntity(entityId: String! resetPropertyNames: [String!]!): EntityResult!
  createRelationship(relationshipKey: String! relationshipType: String!
    relationshipClass: String! fromEntityId: String! toEntityId: String! timestamp: Long
    properties: JSON): RelationshipMutation!
  updateRelationship(relationshipId: String! fromEntityId: String toEntityId: String
    timestamp: Long properties: JSON): RelationshipMutation!
  deleteRelationship(relationshipId: String! fromEntityId: String toEntityId: String
    timestamp: Long hardDelete: Boolean): RelationshipMutation!
  createRelationshipV2(input: CreateRelationshipInput!): RelationshipResult!
  updateRelationshipV2(timestamp: Long relationship: JSON!): RelationshipResult!
  deleteRelationshipV2(relationshipId: String! timestamp: Long
    hardDelete: Boolean): RelationshipResult!
  upsertEntityRawData(entityId: String! source: String!
    rawData: [JSON!]!): EntityRawDataUpsert!
  createQuestion(question: CreateQuestionInput!): Question!
  updateQuestion(id: ID! update: QuestionUpdate!): Question!
  deleteQuestion(id: ID!): Question!
  setParameter(name: String! value: JSON! secret: Boolean): ParameterSet!
  deleteParameter(name: String!): ParameterSet!
  createSmartClass(input: CreateSmartClassInput!): SmartClass!
  patchSmartClass(input: PatchSmartClassInput!): SmartClass!
  deleteSmartClass(id: ID!): SmartClassDeletion!
  createSmartClassQuery(input: CreateSmartClassQueryInput!): SmartClassQuery!
  patchSmartClassQuery(input: PatchSmartClassQueryInput!): SmartClassQuery!
  deleteSmartClassQuery(id: ID!): SmartClassDeletion!
  evaluateSmartClassRule(smartClassId: ID!): SmartClassEvaluation!
  createIntegrationInstance(instance: CreateIntegrationInstanceInput!): IntegrationInstance!
  updateIntegrationInstance(id: String!
    update: UpdateIntegrationInstanceInput!): IntegrationInstance!
  deleteIntegrationInstance(id: String!): IntegrationInstanceDeletion!
  invokeIntegrationInstance(id: String!): IntegrationInvocation!
}

type QueryV1Response {
  type: String data: JSON url: String totalCount: Long cursor: String correlationId: String
  messages: [String!]
}
type EntityCoreProperties {
  _id: String! _key: String _type: [String!] _class: [String!] _source: String _scope: String
  _accountId: String _integrationInstanceId: String _integrationDefinitionId: String
  _integrationType: String _integrationClass: [String!] _integrationName: String _version: Long
  _createdOn: JSON _beginOn: JSON _endOn: JSON _deleted: Boolean _latest: Boolean
  displayName: String
}
type RelationshipCoreProperties {
  _id: String! _key: String _type: String _class: String _source: String _scope: String
  _accountId: String _integrationInstanceId: String _integrationDefinitionId: String
  _integrationType: String _integrationName: String _version: Long _createdOn: JSON _beginOn: JSON
  _endOn: JSON _deleted: Boolean _latest: Boolean _fromEntityId: String _toEntityId: String _fromEntityKey: String
  _toEntityKey: String displayName: String
}
type Graph { vertices: [Vertex!]! edges: [Edge!]! }
type Vertex {
  id: String! entity: EntityCoreProperties! properties: JSON neighbors(depth: Int): Graph!
  edges: [Edge!]!
}
type VertexList { vertices: [Vertex!]! cursor: String pageInfo: PageInfo! total: Long! }
type EntityProperty {
  id: String! accountId: String! entity: String name: String! valueType: String! count: Long!
}
type Edge {
  id: String! toVertexId: String fromVertexId: String
  relationship: RelationshipCoreProperties! properties: JSON
}
type EntityMutation { entity: EntityCoreProperties vertex: Vertex }
type EntityResult { entity: JSON }
type RelationshipMutation { relationship: RelationshipCoreProperties edge: Edge }
type RelationshipResult { relationship: JSON }
type EntityContributions { contributions: JSON }
type EntityCounts { classes: JSON types: JSON }
type RawDataJSONEntityLegacy { name: String! contentType: String! data: JSON }
type RawDataTextEntityLegacy { name: String! contentType: String! data: String }
union RawDataEntityLegacy = RawDataJSONEntityLegacy | RawDataTextEntityLegacy
type EntityRawData { entityId: String! payload: [RawDataEntityLegacy!]! }
type EntityRawDataUpsert { status: Boolean! }
type PageInfo { endCursor: String hasNextPage: Boolean! }
type QuestionQuery {
  name: String query: String! version: String resultsAre: String includeDeleted: Boolean
}
type QuestionVariable { name: String! required: Boolean default: JSON }
type QuestionCompliance { standard: String requirements: [String!] controls: [String!] }
type Question {
  id: ID! sourceId: String accountId: String title: String! description: String queries: [QuestionQuery!]!
  variables: [QuestionVariable!] compliance: [QuestionCompliance!] tags: [String!]
  showTrend: Boolean pollingInterval: String integrationDefinitionId: String
  lastUpdatedTimestamp: Long
}
type QuestionPage { questions: [Question!]! totalHits: Int! pageInfo: PageInfo! }
type Parameter { name: String! value: JSON secret: Boolean! lastUpdatedOn: Long }
type ParameterPage { items: [Parameter!]! pageInfo: PageInfo! }
type ParameterSet { success: Boolean! }
type SmartClassQuery { id: ID! smartClassId: ID! query: String! description: String }
type SmartClassRule { lastEvaluationEndOn: Long evaluationStep: String }
type SmartClass {
  id: ID! accountId: String tagName: String! description: String ruleId: ID
  queries: [SmartClassQuery!]! tags: JSON rule: SmartClassRule
}
type SmartClassDeletion { success: Boolean! }
type SmartClassEvaluation { ruleId: ID }
type IntegrationDefinition {
  id: String! name: String type: String title: String integrationType: String!
  integrationClass: [String!] integrationCategory: [String!] description: String
  totalInstanceCount: Int! docsWebLink: String repoWebLink: String beta: Boolean
  configFields: [JSON!]! authSections: [JSON!]! configSections: [JSON!]! displayMode: String
  oAuth: JSON offsiteUrl: String offsiteButtonTitle: String offsiteStatusQuery: String
  invocationPaused: Boolean managedExecutionDisabled: Boolean integrationPlatformFeatures: JSON
  ingestionSourcesConfig: JSON ingestionSourcesOverrides: JSON integrationJobStatusMetrics: JSON
}
type IntegrationDefinitionPage { definitions: [IntegrationDefinition!]! pageInfo: PageInfo! }
type IntegrationPollingIntervalCronExpression { hour: Int dayOfWeek: Int }
type IntegrationInstance {
  id: String! name: String! accountId: String description: String config: JSON
  integrationDefinitionId: String integrationDefinition: IntegrationDefinition
  pollingInterval: String
  pollingIntervalCronExpression: IntegrationPollingIntervalCronExpression
  offsiteComplete: Boolean collectorPoolId: String ingestionSourcesOverrides: JSON
  sourceIntegrationInstanceId: String resourceGroupId: String instanceRelationship: JSON
  createdOn: Long createdBy: String updatedOn: Long updatedBy: String
  mostRecentJob: IntegrationJob jobs: IntegrationJobPage
}
type IntegrationInstancePage { instances: [IntegrationInstance!]! pageInfo: PageInfo! }
type IntegrationInstanceDeletion { success: Boolean! }
type IntegrationInvocation { success: Boolean! integrationJobId: String }
type IntegrationJob {
  id: String! status: String! integrationInstanceId: String createDate: Long endDate: Long
  hasSkippedSteps: Boolean errorsOccurred: Boolean integrationInstance: IntegrationInstance
  integrationDefinition: IntegrationDefinition
}
type IntegrationJobPage { jobs: [IntegrationJob!]! pageInfo: PageInfo! }
type IntegrationEvent {
  id: String! jobId: String name: String description: String createDate: Long level: String
  eventCode: String
}
type IntegrationEventPage { events: [IntegrationEvent!]! pageInfo: PageInfo! }
type IamAccount {
  accountId: String! accountName: String accountSubdomain: String accountOwner: String
  accountType: String accountLogoUrl: String status: String!
}

enum __TypeKind { SCALAR OBJECT INTERFACE UNION ENUM INPUT_OBJECT LIST NON_NULL }
enum __DirectiveLocation { QUERY MUTATION FIELD FRAGMENT_DEFINITION FRAGMENT_SPREAD INLINE_FRAGMENT }
type __Schema {
  description: String types: [__Type!]! queryType: __Type! mutationType: __Type
  subscriptionType: __Type directives: [__Directive!]!
}
type __Type {
  kind: __TypeKind! name: String description: String specifiedByURL: String
  fields(includeDeprecated: Boolean = false): [__Field!] interfaces: [__Type!]
  possibleTypes: [__Type!] enumValues(includeDeprecated: Boolean = false): [__EnumValue!]
  inputFields(includeDeprecated: Boolean = false): [__InputValue!] ofType: __Type
  isOneOf: Boolean
}
type __Field {
  name: String! description: String args(includeDeprecated: Boolean = false): [__InputValue!]!
  type: __Type! isDeprecated: Boolean! deprecationReason: String
}
type __InputValue {
  name: String! description: String type: __Type! defaultValue: String isDeprecated: Boolean!
  deprecationReason: String
}
type __EnumValue {
  name: String! description: String isDeprecated: Boolean! deprecationReason: String
}
type __Directive {
  name: String! description: String isRepeatable: Boolean!
  locations: [__DirectiveLocation!]! args(includeDeprecated: Boolean = false): [__InputValue!]!
}
)";

}  // namespace callisto::server::graphql
