import FlowCore
import FlowStore

/// A delivery's row as it was found.
struct DeliveryRow {
    enum Column: Int32, Columns {
        case number, id, call, state, due, touched, worker, claim, origin, progress, request
    }

    /// How every statement that reads such rows begins.
    static let select = "SELECT \(Column.list) FROM deliveries"

    let number: Int64
    let id: DeliveryID
    /// nil where the row is damaged there.
    let call: RunID?
    let state: Int64
    let dueAt: Timestamp
    let touchedAt: Timestamp
    let worker: WorkerID?
    let claim: Int
    let origin: String
    private let progress: [UInt8]
    private let request: [UInt8]

    init(_ row: borrowing SQLiteRow) {
        number = row.integer(Column.number)
        id = DeliveryID(row.text(Column.id))
        call = RunID(bytes: row.blob(Column.call))
        state = row.integer(Column.state)
        dueAt = Timestamp(milliseconds: row.integer(Column.due))
        touchedAt = Timestamp(milliseconds: row.integer(Column.touched))
        worker = row.optional(Column.worker).map { WorkerID($0) }
        claim = Int(row.integer(Column.claim))
        origin = row.text(Column.origin)
        progress = row.blob(Column.progress)
        request = row.blob(Column.request)
    }

    var isPending: Bool { state == Int64(Delivery.State.pending.rawValue) }
    var isDelivered: Bool { state == Int64(Delivery.State.delivered.rawValue) }

    func delivery() throws(StoreError) -> Delivery {
        guard let state = UInt8(exactly: state).flatMap(Delivery.State.init(rawValue:)) else {
            throw damage("\(state) is no state")
        }
        do {
            return try Delivery(id: id, state: state, dueAt: dueAt, order: request, progress: progress)
        } catch {
            throw damage("\(error)")
        }
    }

    private func damage(_ reason: String) -> StoreError {
        StoreError("the delivery \(id) is damaged: \(reason)", call.map { .damaged($0) } ?? .refused)
    }

    func isHeld(by claim: Claim) -> Bool { isPending && worker == claim.worker && self.claim == claim.number }
}
