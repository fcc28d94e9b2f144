package org.benchmarkresults;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.Slice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The allowed dependencies. Every module that is not shared belongs to a role. */
@AnalyzeClasses(
    packages = "org.benchmarkresults",
    importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
  private static final String ROOT = "org.benchmarkresults";
  private static final String HTTP = ROOT + ".http..";
  private static final String STORAGE = ROOT + ".storage..";
  private static final String BUS = ROOT + ".bus..";
  private static final String CLUSTER = ROOT + ".cluster..";
  private static final String TELEMETRY = ROOT + ".telemetry..";
  private static final String MODEL = ROOT + ".model..";
  private static final String CONFIG = ROOT + ".config..";
  private static final String SECURITY = ROOT + ".security..";
  private static final String TIMER = ROOT + ".timer..";
  private static final String METRIC = ROOT + ".metric..";
  private static final String STANDARDIZE = ROOT + ".standardize";
  private static final String QUERY = ROOT + ".query..";
  private static final Set<String> SHARED_ROOMS =
      Set.of("bus", "model", "metric", "config", "query", "security", "timer");
  private static final DescribedPredicate<JavaClass> OURS = resideInAPackage(ROOT + "..");

  @ArchTest
  static final ArchRule modelKnowsTheJdkAlone =
      classes()
          .that()
          .resideInAPackage(MODEL)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "org.jspecify.annotations", MODEL);

  @ArchTest
  static final ArchRule configKnowsNoOtherRoom =
      noClasses()
          .that()
          .resideInAPackage(CONFIG)
          .should()
          .dependOnClassesThat(OURS.and(outside(CONFIG)));

  @ArchTest
  static final ArchRule busKnowsTheModelAlone =
      noClasses()
          .that()
          .resideInAPackage(BUS)
          .should()
          .dependOnClassesThat(OURS.and(outside(BUS, MODEL)));

  @ArchTest
  static final ArchRule queryKnowsModelAndConfigAlone =
      noClasses()
          .that()
          .resideInAPackage(QUERY)
          .should()
          .dependOnClassesThat(OURS.and(outside(QUERY, MODEL, CONFIG)));

  @ArchTest
  static final ArchRule securityKnowsBusModelAndConfigAlone =
      noClasses()
          .that()
          .resideInAPackage(SECURITY)
          .should()
          .dependOnClassesThat(OURS.and(outside(SECURITY, BUS, MODEL, CONFIG)));

  @ArchTest
  static final ArchRule metricKnowsTheModelAlone =
      noClasses()
          .that()
          .resideInAPackage(METRIC)
          .should()
          .dependOnClassesThat(OURS.and(outside(METRIC, MODEL)));

  @ArchTest
  static final ArchRule adaptersKnowNoBus =
      noClasses()
          .that()
          .resideInAnyPackage(STANDARDIZE + ".json..", STANDARDIZE + ".declared..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", BUS);

  @ArchTest
  static final ArchRule timerKnowsNoOtherRoom =
      noClasses()
          .that()
          .resideInAPackage(TIMER)
          .should()
          .dependOnClassesThat(OURS.and(outside(TIMER)));

  @ArchTest
  static final ArchRule timerIdsAreKnownToTimerAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage(TIMER)
          .should()
          .callMethodWhere(
              target(nameMatching("setTimer|setPeriodic|cancelTimer"))
                  .and(target(owner(assignableTo("io.vertx.core.Vertx")))));

  @ArchTest
  static final ArchRule tokensAreKnownToSecurityAlone = onlyIn(SECURITY, "com.nimbusds..");

  @ArchTest
  static final ArchRule onlyCommandsUsePicocli =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT, ROOT + ".cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest static final ArchRule rsqlIsKnownToQueryAlone = onlyIn(QUERY, "cz.jirutka..");

  @ArchTest
  static final ArchRule roleRoomsMeetOnTheBusAlone =
      slices()
          .matching(ROOT + ".(*)..")
          .namingSlices("room $1")
          .that(describe("play a role", RoomsTest::playsARole))
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule nobodyKnowsTheNode =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT);

  @ArchTest
  static final ArchRule roomsFormNoCycle =
      slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule mongoIsKnownToStorageAlone =
      onlyIn(
          STORAGE,
          "com.mongodb..",
          "org.bson..",
          "io.vertx.ext.mongo..",
          "de.bwaldvogel..",
          "org.h2..");

  @ArchTest
  static final ArchRule hazelcastIsKnownToTheClusterAlone =
      onlyIn(CLUSTER, "com.hazelcast..", "io.vertx.spi.cluster..");

  @ArchTest
  static final ArchRule prometheusIsKnownToTelemetryAlone =
      onlyIn(
          TELEMETRY,
          "io.prometheus..",
          "io.micrometer.prometheusmetrics..",
          "io.vertx.micrometer..");

  @ArchTest
  static final ArchRule howTracesAreSentIsKnownToTelemetryAlone =
      onlyIn(
          TELEMETRY, "io.opentelemetry.sdk..", "io.opentelemetry.exporter..", "io.vertx.tracing..");

  @ArchTest
  static final ArchRule webIsKnownToHttpAlone =
      onlyIn(
          HTTP,
          "io.vertx.ext.web..",
          "io.vertx.openapi..",
          "io.vertx.json.schema..",
          "io.vertx.core.http..");

  @ArchTest
  static final ArchRule theEventBusIsKnownToTheBusAlone =
      noClasses()
          .that()
          .resideOutsideOfPackage(BUS)
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.vertx.core.eventbus..")
                  // The cluster says where the bus listens, and nothing else of it.
                  .and(DescribedPredicate.not(simpleName("EventBusOptions"))));

  @ArchTest
  static void everyRoomIsNullMarked(JavaClasses classes) {
    Set<JavaPackage> packages = classes.getPackage(ROOT).getSubpackagesInTree();

    List<String> unmarked =
        packages.stream()
            .filter(room -> !room.getClasses().isEmpty())
            .filter(room -> !room.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .toList();

    assertFalse(packages.isEmpty());
    assertEquals(List.of(), unmarked);
  }

  @ArchTest
  static void noFolderHasMoreThanTwentyClasses(JavaClasses classes) {
    List<String> large =
        classes.getPackage(ROOT).getSubpackagesInTree().stream()
            .filter(
                room ->
                    room.getClasses().stream()
                            .filter(type -> !type.getName().contains("$"))
                            .filter(type -> !type.getSimpleName().equals("package-info"))
                            .count()
                        > 20)
            .map(JavaPackage::getName)
            .toList();

    assertEquals(List.of(), large);
  }

  @ArchTest
  static void noFolderOfTestsHasMoreThanTwentyFiles(JavaClasses classes) throws IOException {
    Map<Path, Long> counts;
    try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
      counts =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
    }

    assertFalse(counts.isEmpty());
    counts.values().removeIf(count -> count <= 20);
    assertEquals(Map.of(), counts);
  }

  private static ArchRule onlyIn(String room, String... libraries) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries);
  }

  private static DescribedPredicate<JavaClass> outside(String... rooms) {
    return DescribedPredicate.not(resideInAnyPackage(rooms));
  }

  private static boolean playsARole(Slice room) {
    return !SHARED_ROOMS.contains(room.getNamePart(1));
  }
}
