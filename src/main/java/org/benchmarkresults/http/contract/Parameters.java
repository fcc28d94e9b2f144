package org.benchmarkresults.http.contract;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.common.dsl.SchemaType;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.benchmarkresults.http.problem.Problem;
import org.benchmarkresults.http.problem.Problem.Fault;
import org.benchmarkresults.http.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one operation, checked against the contract's schemas. Path values come from
 * the routing context: the router's own validation reads {@code a+b} in a path as {@code a b}.
 */
public final class Parameters {
  private record Checked(
      String name, Location in, SchemaType type, ParameterSchema schema, int mostValues) {
    Checked named(String other) {
      return new Checked(other, in, type, schema, mostValues);
    }
  }

  /** Ends the name of a query parameter that stands for all names that begin like it. */
  static final String ANY_NAME = "{name}";

  private final List<Checked> all = new ArrayList<>();
  private final KnownParameters known;

  public Parameters(SchemaRepository repository, Operation operation) {
    for (Parameter parameter : operation.getParameters()) {
      boolean several = parameter.getSchemaType() == SchemaType.ARRAY;
      JsonSchema schema =
          several
              ? JsonSchema.of(((JsonObject) parameter.getSchema().get("items")).copy())
              : parameter.getSchema();
      Integer most = several ? parameter.getSchema().<Integer>get("maxItems") : Integer.valueOf(1);
      all.add(
          new Checked(
              parameter.getName(),
              parameter.getIn(),
              several ? SchemaType.STRING : parameter.getSchemaType(),
              new ParameterSchema(repository, schema),
              Objects.requireNonNull(most)));
    }
    known =
        new KnownParameters(
            all.stream()
                .filter(parameter -> parameter.in == Location.QUERY)
                .map(Checked::name)
                .toList(),
            operation.getHttpMethod());
  }

  /**
   * @throws ProblemException 400 when a query or header parameter is wrong, 404 when no such path
   *     can be
   */
  public void check(RoutingContext context) {
    List<Fault> faults = new ArrayList<>();
    for (Checked parameter : all) {
      if (parameter.name.endsWith(ANY_NAME)) {
        faults.addAll(faultsOfPrefix(context, parameter));
        continue;
      }
      String fault = fault(context, parameter);
      if (fault != null && parameter.in == Location.PATH) {
        throw new ProblemException(Problem.resultNotFound());
      }
      if (fault != null) {
        faults.add(Fault.ofParameter(parameter.name, fault));
      }
    }
    faults.addAll(known.faults(context.queryParams().names()));
    if (!faults.isEmpty()) {
      throw new ProblemException(Problem.invalidParameters(faults));
    }
  }

  private static List<Fault> faultsOfPrefix(RoutingContext context, Checked parameter) {
    List<Fault> faults = new ArrayList<>();
    String prefix = parameter.name.substring(0, parameter.name.length() - ANY_NAME.length());
    for (String name : context.queryParams().names()) {
      if (name.startsWith(prefix)) {
        String fault = fault(context, parameter.named(name));
        if (fault != null) {
          faults.add(Fault.ofParameter(name, fault));
        }
      }
    }
    return faults;
  }

  private static @Nullable String fault(RoutingContext context, Checked parameter) {
    List<String> values =
        switch (parameter.in) {
          case PATH -> List.of(context.pathParam(parameter.name));
          case QUERY -> context.queryParams().getAll(parameter.name);
          case HEADER -> header(context, parameter.name);
          case COOKIE -> List.of();
        };
    if (parameter.in == Location.QUERY && values.size() > parameter.mostValues) {
      return parameter.mostValues == 1
          ? "is given more than once"
          : "is given more than " + parameter.mostValues + " times";
    }
    return values.stream()
        .map(value -> fault(parameter, value))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static List<String> header(RoutingContext context, String name) {
    String value = context.request().getHeader(name);
    return value == null ? List.of() : List.of(value);
  }

  private static @Nullable String fault(Checked parameter, String value) {
    return switch (parameter.type) {
      case INTEGER -> wholeNumberFault(parameter, value);
      case BOOLEAN ->
          value.equals("true") || value.equals("false") ? null : "must be true or false";
      default -> parameter.schema.faultOf(value);
    };
  }

  private static @Nullable String wholeNumberFault(Checked parameter, String value) {
    try {
      long number = Long.parseLong(value);
      // The validator takes only an Integer for the format int32.
      boolean isInt = number == (int) number;
      return isInt ? parameter.schema.faultOf((int) number) : parameter.schema.faultOf(number);
    } catch (NumberFormatException e) {
      return "must be a whole number";
    }
  }
}
