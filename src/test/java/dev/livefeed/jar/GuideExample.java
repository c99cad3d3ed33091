package dev.livefeed.jar;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The YAML examples of a section of the guide, so that the tests run what users copy. */
final class GuideExample {

    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    private GuideExample() {}

    static List<String> of(String section) throws IOException {
        String guide = Files.readString(Path.of("doc", "BYBIT_CONNECTOR_GUIDE.md"));
        String text = guide.substring(guide.indexOf("\n## " + section + "\n") + 1);
        int next = text.indexOf("\n## ");
        return YAML.matcher(next < 0 ? text : text.substring(0, next))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }
}
