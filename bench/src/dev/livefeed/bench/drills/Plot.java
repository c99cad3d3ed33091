package dev.livefeed.bench.drills;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The samples of a run as an HTML page with one SVG curve for each figure, without anything from elsewhere. */
final class Plot {

    private static final int WIDTH = 1_000;
    private static final int HEIGHT = 160;

    private Plot() {}

    static String page(String title, String table, List<Sample> samples) {
        return "<!doctype html><meta charset=\"utf-8\"><title>" + escaped(title) + "</title><style>"
                + "body{font:14px sans-serif;margin:24px}svg{border:1px solid #ccc;display:block}"
                + "path{fill:none;stroke:#06c}line{stroke:#ddd}text{font:10px sans-serif;fill:#666}pre{font-size:12px}"
                + "</style><h1>" + escaped(title) + "</h1><pre>" + escaped(table) + "</pre>"
                + curve("Resident memory of the application, MiB", samples, Sample::residentMib)
                + curve("Threads of the application", samples, Sample::threads)
                + curve("Descriptors of the application", samples, Sample::descriptors)
                + curve("Time of /live, ms (0: no answer)", samples, sample -> Math.max(0, sample.liveMillis()))
                + curve("Load of the machine", samples, Sample::load);
    }

    private static String curve(String title, List<Sample> samples, ToDoubleFunction<Sample> figure) {
        double most = samples.stream().mapToDouble(figure).max().orElse(0);
        double seconds = samples.isEmpty() ? 1 : samples.get(samples.size() - 1).second() + 1;
        StringBuilder path = new StringBuilder();
        StringBuilder marks = new StringBuilder();
        String drill = "";
        double before = -10;
        for (Sample sample : samples) {
            double x = sample.second() / seconds * WIDTH;
            double y = HEIGHT - (most == 0 ? 0 : figure.applyAsDouble(sample) / most) * (HEIGHT - 20);
            // Between two programs there is nothing.
            path.append(sample.second() - before > 5 ? 'M' : 'L')
                    .append(number(x))
                    .append(' ')
                    .append(number(y));
            before = sample.second();
            if (!sample.drill().equals(drill)) {
                drill = sample.drill();
                marks.append("<line x1=\"").append(number(x)).append("\" x2=\"").append(number(x));
                marks.append("\" y1=\"0\" y2=\"")
                        .append(HEIGHT)
                        .append("\"/><text x=\"")
                        .append(number(x + 3));
                marks.append("\" y=\"12\">").append(escaped(drill)).append("</text>");
            }
        }
        return "<h2>" + escaped(title) + ", at most " + number(most) + "</h2><svg width=\"" + WIDTH + "\" height=\""
                + HEIGHT + "\">" + marks + "<path d=\"" + path + "\"/></svg>";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
