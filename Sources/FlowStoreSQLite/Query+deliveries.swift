extension Query {
    /// In a statement 1 is pending, 2 delivered and 3 dead.
    ///
    /// The conditions repeat those of the partial indexes, word for word.
    var deliverySQL: String {
        switch self {
        case .insertDelivery:
            """
            INSERT INTO deliveries (id, call, origin, state, due, touched, worker, claim, progress, request)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        case .findUnended: "\(Self.select) INDEXED BY deliveries_unended WHERE id = ? AND state <> 2"
        case .findAny: "\(Self.select) WHERE id = ?"
        case .deliveryNumbered: "\(Self.select) WHERE number = ?"
        case .updateDelivery:
            "UPDATE deliveries SET state = ?, due = ?, touched = ?, worker = ?, progress = ? WHERE number = ?"
        case .takeDelivery: "UPDATE deliveries SET worker = ?, claim = claim + 1 WHERE number = ?"
        case .releaseDelivery: "UPDATE deliveries SET worker = NULL WHERE number = ?"
        case .deleteDelivery: "DELETE FROM deliveries WHERE number = ?"
        case .nextOrigin: "SELECT min(origin) FROM deliveries INDEXED BY deliveries_due WHERE state = 1 AND origin > ?"
        case .dueOfOrigin:
            """
            SELECT number, due FROM deliveries INDEXED BY deliveries_due
            WHERE state = 1 AND origin = ? AND due <= ? AND (worker IS NULL OR worker NOT IN (SELECT id FROM workers))
            ORDER BY due, number LIMIT ?
            """
        case .deliveriesNewest: "\(Self.select) WHERE ?1 = 0 OR state = ?1 ORDER BY number DESC LIMIT ?2"
        case .unendedNewest:
            """
            \(Self.select) INDEXED BY deliveries_unended WHERE state <> 2 AND state = ?1 ORDER BY number DESC LIMIT ?2
            """
        case .countStates: "SELECT state, count(*) FROM deliveries GROUP BY state"
        case .isThere: "SELECT 1 FROM deliveries WHERE number = ?"
        case .countPending: "SELECT count(*) FROM deliveries INDEXED BY deliveries_due WHERE state = 1"
        case .countUnended: "SELECT count(*) FROM deliveries INDEXED BY deliveries_unended WHERE state <> 2"
        case .countDelivered: "SELECT delivered FROM tally"
        case .addDelivered: "UPDATE tally SET delivered = delivered + ?"
        case .oldestDue: "SELECT min(due) FROM deliveries INDEXED BY deliveries_due WHERE state = 1 AND origin = ?"
        // The number is in the index, and the oldest has the lowest.
        case .oldestPending: "SELECT min(number) FROM deliveries INDEXED BY deliveries_due WHERE state = 1"
        default: preconditionFailure("no statement about deliveries")
        }
    }

    private static let select =
        "SELECT number, id, state, due, touched, worker, claim, origin, progress, request FROM deliveries"
}
