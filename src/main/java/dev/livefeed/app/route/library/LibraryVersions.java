package dev.livefeed.app.route.library;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Libraries that are there in more than one version: which classes are used then depends on the names of the files. */
final class LibraryVersions {

    /** Artifact, version, and what follows it, such as the name of a system. */
    private static final Pattern NAME = Pattern.compile("(.+?)-(\\d+(?:\\.\\d+)*)([.-].*)?\\.jar");

    private LibraryVersions() {}

    /**
     * Describes them, one a line.
     *
     * @param jars in the order of the class path
     * @param bundled versions by artifact of the program's jar, which come first
     */
    static List<String> conflicts(List<Path> jars, Map<String, String> bundled) {
        List<String> conflicts = new ArrayList<>();
        Map<String, Map<String, Path>> byArtifact = new TreeMap<>();
        for (Path jar : jars) {
            Matcher name = NAME.matcher(jar.getFileName().toString());
            if (name.matches()) {
                byArtifact
                        .computeIfAbsent(name.group(1), artifact -> new TreeMap<>())
                        .putIfAbsent(name.group(2), jar);
            }
        }
        byArtifact.forEach((artifact, versions) -> {
            String own = bundled.get(artifact);
            if (own != null) {
                versions.forEach((version, jar) -> {
                    if (!own.matches(Pattern.quote(version) + "(?![.]\\d).*")) {
                        conflicts.add(jar + " is another version of a library of the program, whose " + own
                                + " is used; what needs this one may fail: delete it, or what needs it");
                    }
                });
            } else if (versions.size() > 1) {
                conflicts.add(artifact + " is in " + jars.get(0).getParent() + " in the versions "
                        + String.join(" and ", versions.keySet()) + ", and parts of both may be used: keep one");
            }
        });
        return conflicts;
    }
}
