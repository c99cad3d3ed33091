package dev.livefeed.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Copies the shipped routes and adds the probe after the market step of those that it reads. */
public final class RouteCopy {

    private static final List<String> PROBED_FILES =
            List.of("trades.camel.yaml", "depth.camel.yaml", "status.camel.yaml");

    private RouteCopy() {}

    public static void make(Path routes, Path target) throws IOException {
        Files.createDirectories(target);
        try (Stream<Path> files = Files.list(routes)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".camel.yaml")).toList()) {
                String name = file.getFileName().toString();
                List<String> lines = Files.readAllLines(file);
                Files.write(target.resolve(name), PROBED_FILES.contains(name) ? withProbe(name, lines) : lines);
            }
        }
    }

    private static List<String> withProbe(String name, List<String> lines) throws IOException {
        for (int i = 0; i + 1 < lines.size(); i++) {
            String step = lines.get(i);
            if (step.strip().equals("- bean:") && lines.get(i + 1).strip().equals("ref: market")) {
                int indent = step.indexOf('-');
                int end = i + 1;
                while (end < lines.size() && indentOf(lines.get(end)) > indent) {
                    end++;
                }
                List<String> result = new ArrayList<>(lines);
                String margin = " ".repeat(indent);
                result.addAll(
                        end,
                        List.of(margin + "- process:", margin + "    ref: \"#class:" + Probe.class.getName() + '"'));
                return result;
            }
        }
        throw new IOException("no step \"- bean: ref: market\" in " + name + " to add the probe after");
    }

    private static int indentOf(String line) {
        return line.length() - line.stripLeading().length();
    }
}
