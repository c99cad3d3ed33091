package dev.livefeed.app.login;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens of HTTP_TOKENS and of the file HTTP_TOKENS_FILE. The file is read again while the program runs; one that
 * cannot be used changes nothing.
 */
public final class TokenStore {

    private static final Logger LOG = LoggerFactory.getLogger(TokenStore.class);
    private static final int MOST_BYTES = 256 * 1024;

    private final Path file;
    private final AccessTokens fixed;
    /** The content that was looked at last, or null before the first reload. */
    private String seen;

    private volatile AccessTokens current;
    private volatile String alarm;

    /**
     * @param file or null
     * @param fixed those of the environment
     * @param current all of them, as they were read for the start
     */
    public TokenStore(Path file, AccessTokens fixed, AccessTokens current) {
        this.file = file;
        this.fixed = fixed;
        this.current = current;
    }

    /**
     * Reads the tokens of a file.
     *
     * @throws IllegalArgumentException with the file, the line and the rule
     */
    public static AccessTokens read(Path file) {
        return parse(file, content(file));
    }

    private static AccessTokens parse(Path file, String content) {
        AccessTokens tokens = AccessTokens.parse(content, file.toString());
        if (tokens.isEmpty()) {
            throw new IllegalArgumentException(file + " has no token; it must have at least one line");
        }
        return tokens;
    }

    private static String content(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + " is not a regular file; it must have a token on each line");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IllegalArgumentException(file + " has more than " + MOST_BYTES / 1024 + " KiB");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    file + " cannot be read: "
                            + (e instanceof NoSuchFileException ? "it does not exist" : e.toString()),
                    e);
        }
    }

    AccessTokens current() {
        return current;
    }

    /** What prevents the file from being used, or nothing. */
    public List<String> alarms() {
        String text = alarm;
        return text == null ? List.of() : List.of(text);
    }

    /** Looks whether the file has changed. Called by one thread. */
    public void reload() {
        if (file == null) {
            return;
        }
        try {
            String content = content(file);
            if (content.equals(seen) && alarm == null) {
                return;
            }
            AccessTokens read = fixed.and(parse(file, content));
            boolean first = seen == null;
            seen = content;
            current = read;
            alarm = null;
            if (!first) {
                LOG.info("http_tokens_loaded file={} tokens={}", file, read.size());
            }
        } catch (IllegalArgumentException e) {
            String text = "HTTP_TOKENS_FILE is not loaded, the earlier tokens stay valid: " + e.getMessage();
            seen = seen == null ? "" : seen;
            if (!text.equals(alarm)) {
                alarm = text;
                LOG.error("http_tokens_not_loaded reason=\"{}\": the earlier tokens stay valid", e.getMessage());
            }
        }
    }
}
