extension Query {
    var callSQL: String {
        switch self {
        case .findCall: "SELECT number, state, deliveries FROM calls WHERE id = ?"
        case .insertCall:
            """
            INSERT INTO calls (flows, statuses, touched, wake, deliveries, state, id, started)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """
        case .updateCall:
            """
            UPDATE calls SET flows = ?, statuses = ?, touched = ?, wake = ?, deliveries = ?, state = ? WHERE number = ?
            """
        case .updateDeliveries: "UPDATE calls SET deliveries = ? WHERE number = ?"
        case .silenceCall: "UPDATE calls SET wake = NULL WHERE number = ?"
        case .callsDue: "SELECT id FROM calls WHERE wake IS NOT NULL AND wake <= ? ORDER BY wake, number LIMIT ?"
        case .callsNewest:
            """
            SELECT id, state FROM calls
            WHERE (?1 IS NULL OR instr(flows, ?1) > 0) AND (?2 = 0 OR statuses & ?2 <> 0) ORDER BY number DESC
            """
        case .callsOldest: "SELECT number, started, touched, statuses, deliveries, id, state FROM calls ORDER BY number"
        case .deleteCall: "DELETE FROM calls WHERE number = ?"
        default: preconditionFailure("no statement about calls")
        }
    }
}
