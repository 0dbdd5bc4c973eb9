import FlowCore
import FlowDocument

/// A name or a number that two flows have.
enum ClaimedTwice: Rule {
    static let code = Code.claimedTwice
    static let summary = "Two flows claim one number, or one name."
    static let why = "Which of the two answers a call would be chance."
    static let bad = [
        Example(
            """
            # file: front-desk.yaml
            numbers: [+14155550199]
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
              Forward:
                type: call_forward
                to: +12025551234
                transitions: end
            # file: sales.yaml
            numbers: [↓+14155550199]
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
              Forward:
                type: call_forward
                to: +12025555678
                transitions: end
            """
        )
    ]
    static let good = [
        Example(
            """
            # file: front-desk.yaml
            numbers: [+14155550199]
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
              Forward:
                type: call_forward
                to: +12025551234
                transitions: end
            # file: sales.yaml
            numbers: [+14155550188]
            nodes:
              Start:
                type: start
                transitions:
                  incoming_call: Forward
              Forward:
                type: call_forward
                to: +12025555678
                transitions: end
            """
        )
    ]
}
