/// The bounds that keep a run from going on for ever.
package enum RunLimits {
    /// Nodes that one webhook may lead through.
    package static let stepsPerWebhook = 100
    /// Nodes of one run.
    package static let stepsPerRun = 1_000
    /// `<Dial>`s of one run.
    package static let dialsPerRun = 20
    /// Side runs that the events of one run begin.
    package static let sideRuns = 200
    /// Side runs that stand one behind the other, each begun by an event of the one before it.
    package static let sideRunDepth = 10
    /// Seconds that all requests on the call path of one webhook share.
    package static let callPathSeconds = 12
    /// Seconds in which an element's action may follow the hangup.
    package static let actionAfterHangupSeconds = 3
    /// Seconds in which a recording may follow the hangup that ended it.
    package static let recordingAfterHangupSeconds = 60
    /// Seconds after which a document that only speaks is given up.
    package static let spokenSeconds = 15 * 60
    /// Seconds after which what is heard until the caller hangs up is given up.
    package static let endlessSeconds = 24 * 3_600
    /// Seconds beyond ringing, screening and talking after which a dial is given up.
    package static let watchdogSeconds = 60
    /// Bytes of one rendered template.
    package static let templateBytes = 64 * 1_024
    /// Bytes of an app server's answer that are kept.
    package static let responseBytes = 256 * 1_024
    /// Notes of one run.
    package static let notes = 100
}
