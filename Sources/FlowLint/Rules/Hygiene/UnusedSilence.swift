import FlowDocument

/// A silence that does nothing, or does not say why.
///
/// It has no check of its own: whoever applies the silences knows which of them did something.
enum UnusedSilence: Rule {
    static let code = Code("FD701", "unused-silence", .warning)
    static let summary = "An ignore silences nothing, has no reason, or has a code that no rule has."
    static let why = """
        A silence that is no longer needed would hide the next finding of its kind. One without a reason leaves the \
        next reader guessing. Errors cannot be silenced: flowd does not serve a flow that has one.
        """
    static let bad = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              transitions: end # flowd: ignore[↓FD204] nobody wants to know
            """
        ),
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              # flowd: ↓ignore[FD204]
              transitions:
                completed: end
            """
        ),
    ]
    static let good = [
        Example.nodes(
            """
            Forward:
              type: call_forward
              to: +12025551234
              # flowd: ignore[FD204] the caller is gone by then
              transitions:
                completed: end
            """
        ),
        Example(
            """
            {
              "ignore": [{"code": "FD204", "node": "Forward", "reason": "the caller is gone by then"}],
              "nodes": {
                "Start": {"type": "start", "transitions": {"incoming_call": "Forward"}},
                "Forward": {"type": "call_forward", "to": "+12025551234", "transitions": {"completed": "end"}}
              }
            }
            """,
            format: .json
        ),
    ]
}
