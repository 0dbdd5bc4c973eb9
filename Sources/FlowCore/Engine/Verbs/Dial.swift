/// `<Dial>`: rings others and connects the first who answers (voice/xml/routing).
package struct Dial: Hashable, Sendable {
    /// What is heard in place of ringing.
    package enum Music: Hashable, Sendable {
        /// The callee's own ringing.
        case real
        /// A Plivo XML document.
        case document(Link)
    }

    /// The callee's key press before the two are connected.
    package struct Screening: Hashable, Sendable {
        package var sound: Link
        package var key: String
        /// Seconds.
        package var timeout: Int

        package init(sound: Link, key: String, timeout: Int) {
            self.sound = sound
            self.key = key
            self.timeout = timeout
        }
    }

    package var targets: [DialTarget]
    /// Where Plivo tells how the dial ended; nil where nobody has to know.
    package var action: Link?
    /// Where Plivo tells of each leg.
    package var callback: Link?
    /// `callerId`; left out where empty.
    package var callerID: String
    package var callerName: String
    /// Seconds of ringing.
    package var timeout: Int
    /// Seconds of talking; nil for Plivo's own limit.
    package var timeLimit: Int?
    package var hangupOnStar: Bool
    package var screening: Screening?
    package var music: Music?
    package var sendDigits: String
    package var sipHeaders: [(name: String, value: String)] {
        get { headers.map { ($0.name, $0.value) } }
        set { headers = newValue.map { Header(name: $0.name, value: $0.value) } }
    }
    private var headers: [Header]

    private struct Header: Hashable, Sendable {
        var name: String
        var value: String
    }

    package init(targets: [DialTarget], timeout: Int, timeLimit: Int? = nil) {
        self.targets = targets
        self.timeout = timeout
        self.timeLimit = timeLimit
        callerID = ""
        callerName = ""
        hangupOnStar = false
        sendDigits = ""
        headers = []
    }
}
