/// Whether a webhook is Plivo's.
package enum Verdict: Hashable, Sendable {
    case valid
    /// A header that has to be there is not, named as Plivo writes it.
    case missing(String)
    /// No signature in the headers belongs to this request and to one of the tokens.
    case invalid
}
