package dev.livefeed.app.route.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * The files of the class path folder {@code web}. Each is read once and kept, compressed too; only files that exist are
 * kept, so their number is a limit.
 */
final class WebFiles {

    private static final String FOLDER = "/web/";
    private static final Pattern NAME = Pattern.compile("([a-z0-9][a-z0-9-]*/){0,3}[a-z0-9][a-z0-9.-]*\\.([a-z]+)");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8",
            "json", "application/json");
    private static final Pattern NO_GZIP = Pattern.compile("gzip\\s*;\\s*q=0(\\.0*)?\\s*", Pattern.CASE_INSENSITIVE);

    private final Map<String, WebFile> files = new ConcurrentHashMap<>();

    /**
     * A file.
     *
     * @param gzip its content compressed, or null if that is not smaller
     * @param etag a strong validator, with its quotes
     */
    record WebFile(String type, byte[] content, byte[] gzip, String etag) {}

    /**
     * The file of a name such as {@code view/tape.js}; null if there is none. Reads the class path on the first call.
     */
    WebFile find(String name) {
        var matcher = NAME.matcher(name);
        return matcher.matches() && TYPES.containsKey(matcher.group(2))
                ? files.computeIfAbsent(name, absent -> read(absent, TYPES.get(matcher.group(2))))
                : null;
    }

    private static WebFile read(String name, String type) {
        try (InputStream in = WebFiles.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                return null;
            }
            byte[] content = in.readAllBytes();
            byte[] gzip = gzip(content);
            return new WebFile(type, content, gzip.length < content.length ? gzip : null, etag(content));
        } catch (IOException e) {
            throw new UncheckedIOException("the file " + FOLDER + name + " of the class path cannot be read", e);
        }
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    private static String etag(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** Whether an {@code Accept-Encoding} allows gzip. */
    static boolean acceptsGzip(String encodings) {
        return Stream.of(encodings.split(","))
                .map(String::strip)
                .anyMatch(one -> one.regionMatches(true, 0, "gzip", 0, 4)
                        && !NO_GZIP.matcher(one).matches());
    }

    /** Whether an {@code If-None-Match}, which may be null, names a validator. */
    static boolean sameEtag(String ifNoneMatch, String etag) {
        return ifNoneMatch != null
                && Stream.of(ifNoneMatch.split(","))
                        .map(one -> one.strip().replaceFirst("^W/", ""))
                        .anyMatch(one -> one.equals(etag) || one.equals("*"));
    }
}
