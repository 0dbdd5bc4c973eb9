import FlowCore
import FlowStore

/// What is left of a conversation, times and claims aside: the same whatever happened on the way.
struct Ledger: Hashable, Sendable {
    struct Report: Hashable, Sendable {
        var id: DeliveryID
        var state: Delivery.State
    }

    var status: [Run.Status] = []
    /// A run's nodes and outcomes.
    var paths: [[String]] = []
    var reports: [Report] = []
    /// Every id that the app server saw.
    var ids: Set<DeliveryID> = []
    /// What Plivo was answered, act by act.
    var answers: [String] = []
    var balances = true
    /// Calls and side runs that the store knows.
    var records = 0
}
