package dev.livefeed.app;

import dev.livefeed.app.login.AccessToken;
import dev.livefeed.app.login.AccessTokens;
import dev.livefeed.app.login.TokenScope;
import dev.livefeed.app.login.TokenStore;
import dev.livefeed.connector.sdk.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code token}: makes a token for the HTTP port, and the line by which the program knows it. */
@Command(
        name = "token",
        description = "Make a token for the HTTP port: print it once, and add its line to a file.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The token is printed to standard output and kept nowhere. Without --file its line, which has a hash",
            "of it, is printed to standard error. Exit status: 0, 64 usage, 78 the file cannot be used."
        })
final class TokenCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "NAME", description = "Who or what will have it, such as prometheus.")
    private String name;

    @Parameters(
            index = "1",
            paramLabel = "SCOPE",
            description = "read, trade or control; each includes those before it.")
    private String scope;

    @Option(names = "--file", paramLabel = "FILE", description = "The file of HTTP_TOKENS_FILE, made if absent.")
    private Path file;

    @Override
    public Integer call() {
        String text = AccessToken.random();
        String line;
        AccessTokens added;
        try {
            line = AccessToken.line(name, TokenScope.valueOf(scope.toUpperCase(Locale.ROOT)), text);
            added = AccessTokens.parse(line, "NAME SCOPE");
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "NAME must be 1 to 40 letters, digits or one of . _ -, with a letter or digit first, and SCOPE"
                            + " read, trade or control");
        }
        if (file == null) {
            System.err.println(line);
        } else {
            try {
                add(added, line);
            } catch (IllegalArgumentException | IOException e) {
                System.err.println(
                        "error: " + (e instanceof IOException ? file + " cannot be written: " + e : e.getMessage()));
                return ExitCode.CONFIGURATION;
            }
        }
        System.out.println(text);
        return 0;
    }

    private void add(AccessTokens added, String line) throws IOException {
        String before = "";
        if (Files.exists(file) && Files.size(file) > 0) {
            TokenStore.read(file).and(added);
            before = Files.readString(file).endsWith("\n") ? "" : "\n";
        } else if (!Files.exists(file)) {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(file);
            }
        }
        Files.writeString(file, before + line + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }
}
