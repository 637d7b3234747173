package dev.altiplano.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: ours from the jar's manifest, and the JDK's. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return lines();
    }

    static String[] lines() {
        return new String[] {"altiplano " + ofThisBuild(), "JDK " + Runtime.version()};
    }

    static String ofThisBuild() {
        return Objects.requireNonNullElse(
                Version.class.getPackage().getImplementationVersion(), "(built from classes)");
    }
}
