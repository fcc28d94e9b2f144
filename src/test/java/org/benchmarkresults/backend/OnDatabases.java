package org.benchmarkresults.backend;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Runs a test class, whose constructor takes a {@link Backend}, on MongoDB and on the embedded
 * database. {@code -Ddatabase=mongod} or {@code embedded} chooses one of them.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@ArgumentsSource(OnDatabases.Databases.class)
public @interface OnDatabases {
  /** The databases that a test class runs on. */
  final class Databases implements ArgumentsProvider {
    @Override
    public Stream<? extends Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext test) {
      String chosen = System.getProperty("database", "");
      if (!chosen.isEmpty()) {
        return Stream.of(Arguments.of(Backend.valueOf(chosen.toUpperCase(Locale.ROOT))));
      }
      return test.getRequiredTestClass().isAnnotationPresent(OnMongod.class)
          ? Stream.of(Arguments.of(Backend.MONGOD))
          : Stream.of(Backend.values()).map(Arguments::of);
    }
  }
}
