/// What a value of a node tells, and who decides what stands in it.
package struct ValueRoles: OptionSet, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    // MARK: Who chooses it

    /// A caller, a sender of messages or an API client chooses it.
    package static let fromCaller = ValueRoles(rawValue: 1 << 0)
    /// An app server chooses it.
    package static let fromServer = ValueRoles(rawValue: 1 << 1)
    /// The value is taken from the node's dial targets, so whoever chose the targets chose it.
    package static let dialled = ValueRoles(rawValue: 1 << 2)

    /// What the caller entered: sensitive where the node's field with ``FieldRoles/sensitive`` says so.
    package static let entered = ValueRoles(rawValue: 1 << 15)

    // MARK: What it tells of a person

    package static let phoneNumber = ValueRoles(rawValue: 1 << 3)
    package static let personName = ValueRoles(rawValue: 1 << 4)
    /// What somebody wrote.
    package static let message = ValueRoles(rawValue: 1 << 5)
    /// All of these.
    package static let personal: ValueRoles = [.phoneNumber, .personName, .message]

    // MARK: What it may hold

    /// The number of this flow that was called.
    package static let calledNumber = ValueRoles(rawValue: 1 << 6)
    /// It holds no line break, whoever chose it.
    package static let oneLine = ValueRoles(rawValue: 1 << 7)
    /// Words for people, with any character in them.
    package static let freeText = ValueRoles(rawValue: 1 << 8)
    /// The value is the same for every outcome of the node.
    package static let sameForAllOutcomes = ValueRoles(rawValue: 1 << 9)

    // MARK: Parts by name

    /// Its parts are the parameters of Plivo's webhook, by name.
    package static let parameters = ValueRoles(rawValue: 1 << 10)
    /// Its parts are the SIP headers of the call, by name.
    package static let headers = ValueRoles(rawValue: 1 << 11)
}
