/// Small drawings, 16 by 16, as paths.
enum SVGIcon {
    static func path(_ kind: Box.Kind) -> String {
        switch kind {
        // A phone's receiver.
        case .dial:
            "M3.2 2.4L5.4 2C5.8 1.9 6.2 2.1 6.4 2.5L7.4 4.9C7.5 5.3 7.4 5.7 7.1 5.9L5.9 6.9C6.7 8.4 7.8 9.5 9.3 10.2"
                + "L10.2 9C10.5 8.7 10.9 8.6 11.3 8.7L13.6 9.8C14 10 14.2 10.4 14.1 10.8L13.7 12.9C13.6 13.5 13 14 12.4 14"
                + "C6.9 13.8 2.3 9.2 2.1 3.7C2.1 3.1 2.6 2.5 3.2 2.4Z"
        // There and back: the caller waits.
        case .request: "M2.5 5.5H13M10 2.5L13 5.5L10 8.5M13.5 10.5H3M6 7.5L3 10.5L6 13.5"
        // A paper plane.
        case .delivery: "M14 2L1.8 6.6L6.6 9.2L9.3 14.2L14 2ZM14 2L6.6 9.2"
        // A triangle as on a player.
        case .start: "M5 3L12.5 8L5 13Z"
        case .step, .end, .missing: "M3 3H13V13H3Z"
        }
    }

    static func sign(_ tone: Arrow.Sign) -> String {
        switch tone {
        case .tick: "M-3.5 0.2L-1 2.7L3.5 -2.6"
        case .cross: "M-2.8 -2.8L2.8 2.8M2.8 -2.8L-2.8 2.8"
        case .ring: "M-2.6 0A2.6 2.6 0 1 0 2.6 0A2.6 2.6 0 1 0 -2.6 0Z"
        }
    }
}
