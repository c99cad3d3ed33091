package dev.livefeed;

import dev.livefeed.app.Program;
import dev.livefeed.app.route.library.LibraryFolder;
import dev.livefeed.app.route.library.RunningJar;

/** The entry of the jar. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        LibraryFolder.beside(RunningJar.path()).use();
        System.exit(Program.run(args));
    }
}
