/// `<Record>`: records the caller, or the call from here on (voice/xml/record).
package struct Record: Hashable, Sendable {
    /// What is recorded, and what ends it.
    package enum Extent: Hashable, Sendable {
        /// What the caller says now: the document goes on when it ends, with the action's answer.
        case message(Message)
        /// The call from here on, in the background.
        case session(channels: String)
        /// The call once somebody has answered the `<Dial>` behind it, in the background.
        case dial(channels: String)
    }

    package struct Message: Hashable, Sendable {
        /// Seconds of silence that end it.
        package var timeout: Int
        package var playBeep: Bool
        /// The key that ends it: a digit, `*`, `#` or `none`.
        package var finishOnKey: String

        package init(timeout: Int, playBeep: Bool, finishOnKey: String) {
            self.timeout = timeout
            self.playBeep = playBeep
            self.finishOnKey = finishOnKey
        }
    }

    /// Where Plivo tells that a message has ended; in the background at once, and no document is made of the answer.
    package var action: Link
    /// Where Plivo tells that the file is ready.
    package var callback: Link
    /// `mp3` or `wav`.
    package var fileFormat: String
    /// Seconds.
    package var maxLength: Int
    package var extent: Extent
    /// Where Plivo tells what was said, in words; nil where nobody has to know.
    package var transcription: Link?

    /// Whether the document waits for its end.
    package var isMessage: Bool {
        guard case .message = extent else { return false }
        return true
    }

    package init(
        _ extent: Extent,
        action: Link,
        callback: Link,
        fileFormat: String = "mp3",
        maxLength: Int,
        transcription: Link? = nil
    ) {
        self.extent = extent
        self.action = action
        self.callback = callback
        self.fileFormat = fileFormat
        self.maxLength = maxLength
        self.transcription = transcription
    }
}
