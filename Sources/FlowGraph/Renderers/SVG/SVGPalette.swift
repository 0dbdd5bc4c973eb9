/// The colours, in the light and in the dark, and the rules that use them.
///
/// Plain classes with plain colours: what converts SVG on a server often knows neither variables nor more.
/// Every text has a contrast of 4.5:1 at least with what is behind it.
enum SVGPalette {
    /// - Parameter hasEvents: whether lines of events are to be drawn.
    static func styleSheet(hasEvents: Bool = false) -> String {
        let events = hasEvents ? ".event.line{stroke-dasharray:6 4}" : ""
        return """
            text{font-family:-apple-system,BlinkMacSystemFont,"Segoe UI",Helvetica,Arial,"Liberation Sans",sans-serif;\
            font-size:12.5px}
            .title{font-size:19px;font-weight:600}.name{font-size:15px;font-weight:600}
            .summary{font-size:13.5px}.type,.end text,.none .name{font-size:11.5px}
            .label text,.jump text{font-size:12px}.badge text{font-size:10.5px;font-weight:700}
            .card{stroke-width:1.5}.none .card,.delivery .card{stroke-dasharray:5 4}
            .line{fill:none;stroke-width:1.5;stroke-linejoin:round}.left-out.line{stroke-dasharray:2 4}\(events)
            .chip{stroke-width:1}.icon{fill:none;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
            .sign{stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round;fill:none}
            .jump .card{stroke-width:1;stroke-dasharray:3 3}.none .name{font-size:12.5px}.end text{text-anchor:middle}
            \(light.rules)
            @media (prefers-color-scheme:dark){
            \(dark.rules)
            }
            """
    }

    private struct Colors {
        let paper, card, text, quiet, rim: String
        let blue, violet, grey, green, red, amber: String
        /// Behind icons.
        let paleBlue, paleViolet, paleGrey, paleGreen: String
        /// Text on badges.
        let onBadge: String

        var rules: String {
            """
            .paper{fill:\(paper);stroke:\(rim)}.card{fill:\(card);stroke:\(grey)}.chip{fill:\(card);stroke:\(rim)}
            text{fill:\(text)}.quiet,.summary,.type,.end text,.jump text{fill:\(quiet)}
            .start .card,.start .icon{stroke:\(green)}.start .disc{fill:\(paleGreen)}
            .dial .card,.dial .icon{stroke:\(blue)}.dial .disc{fill:\(paleBlue)}
            .request .card,.request .icon,.delivery .card,.delivery .icon{stroke:\(violet)}
            .request .disc,.delivery .disc{fill:\(paleViolet)}
            .step .icon{stroke:\(grey)}.step .disc{fill:\(paleGrey)}
            .end .card{fill:\(paleGrey);stroke:\(grey)}.none .card{stroke:\(red)}.none text{fill:\(red)}
            .line.good,.sign.good{stroke:\(green)}.head.good{fill:\(green)}.label .good{fill:\(green)}
            .line.bad,.sign.bad{stroke:\(red)}.head.bad{fill:\(red)}.label .bad{fill:\(red)}
            .line.neutral,.sign.neutral{stroke:\(grey)}.head.neutral{fill:\(grey)}.label .neutral{fill:\(quiet)}
            .label .sign{fill:none}
            .badge text{fill:\(onBadge)}.error rect{fill:\(red)}.warning rect{fill:\(amber)}.info rect{fill:\(blue)}
            """
        }
    }

    private static let light = Colors(
        paper: "#f6f8fa",
        card: "#ffffff",
        text: "#1f2328",
        quiet: "#59636e",
        rim: "#d1d9e0",
        blue: "#0969da",
        violet: "#8250df",
        grey: "#818b98",
        green: "#1a7f37",
        red: "#cf222e",
        amber: "#9a6700",
        paleBlue: "#ddf4ff",
        paleViolet: "#fbefff",
        paleGrey: "#eff2f5",
        paleGreen: "#dafbe1",
        onBadge: "#ffffff"
    )

    private static let dark = Colors(
        paper: "#0d1117",
        card: "#161b22",
        text: "#f0f6fc",
        quiet: "#9da7b3",
        rim: "#3d444d",
        blue: "#4493f8",
        violet: "#ab7df8",
        grey: "#818b98",
        green: "#3fb950",
        red: "#f85149",
        amber: "#d29922",
        paleBlue: "#12294a",
        paleViolet: "#2b1f47",
        paleGrey: "#262c36",
        paleGreen: "#12301c",
        onBadge: "#0d1117"
    )
}
