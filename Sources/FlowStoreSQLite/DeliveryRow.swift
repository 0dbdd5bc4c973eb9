import FlowCore
import FlowStore

/// A delivery's row as it was found.
struct DeliveryRow {
    let number: Int64
    let id: DeliveryID
    let state: Int64
    let dueAt: Timestamp
    let touchedAt: Timestamp
    let worker: WorkerID?
    let claim: Int
    let origin: String
    private let progress: [UInt8]
    private let request: [UInt8]

    init(_ row: borrowing SQLiteRow) {
        number = row.integer(0)
        id = DeliveryID(row.text(1))
        state = row.integer(2)
        dueAt = Timestamp(milliseconds: row.integer(3))
        touchedAt = Timestamp(milliseconds: row.integer(4))
        worker = row.optional(5).map { WorkerID($0) }
        claim = Int(row.integer(6))
        origin = row.text(7)
        progress = row.blob(8)
        request = row.blob(9)
    }

    var isPending: Bool { state == Int64(Delivery.State.pending.rawValue) }

    func delivery() throws(StoreError) -> Delivery {
        guard let state = UInt8(exactly: state).flatMap(Delivery.State.init(rawValue:)) else {
            throw StoreError("the delivery \(id) is damaged: \(state) is no state")
        }
        do {
            return try Delivery(id: id, state: state, dueAt: dueAt, order: request, progress: progress)
        } catch {
            throw StoreError("the delivery \(id) is damaged: \(error)")
        }
    }

    func isHeld(by claim: Claim) -> Bool { isPending && worker == claim.worker && self.claim == claim.number }
}
