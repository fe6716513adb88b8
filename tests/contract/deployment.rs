//! `docker-compose.yml` and `Dockerfile`, read by a parser: no container engine is needed for that, and none is used.

use std::collections::BTreeSet;

use platform::Config;
use rapport_tests::python;
use serde_json::{Map, Value};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The compose file, with what its anchors and aliases stand for.
fn compose() -> Value {
    let script = "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))";
    let output = python().args(["-c", script]).arg(format!("{ROOT}/docker-compose.yml")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn keys(value: &Value) -> BTreeSet<String> {
    let of_map = value.as_object().into_iter().flat_map(Map::keys).cloned();
    let of_list = value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
    of_map.chain(of_list).collect()
}

fn variables(environment: &Value) -> Vec<(String, String)> {
    let pairs = environment.as_object().unwrap().iter();
    pairs.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect()
}

#[test]
fn what_the_compose_file_names_exists() {
    let compose = compose();
    let services = compose["services"].as_object().unwrap();
    let (known, volumes, networks) =
        (keys(&compose["services"]), keys(&compose["volumes"]), keys(&compose["networks"]));
    for (name, service) in services {
        assert!(service["image"].is_string() || service["build"].is_string(), "{name}");
        assert!(keys(&service["depends_on"]).is_subset(&known), "{name}");
        assert!(keys(&service["networks"]).is_subset(&networks), "{name}");
        for mount in keys(&service["volumes"]) {
            let (volume, _) = mount.split_once(':').unwrap();
            assert!(volumes.contains(volume), "{name}: {volume}");
        }
    }
}

#[test]
fn the_nodes_of_the_compose_file_have_settings_that_rapport_takes() {
    let compose = compose();
    for node in ["one", "two"] {
        let config = Config::load(None, variables(&compose["services"][node]["environment"])).unwrap();
        assert!(config.database.url.starts_with("postgres://"));
        assert_eq!(config.smtp.host, "mail");
        let hosts = [&config.storage.s3_endpoint, &config.database.url].map(|url| {
            let (_, rest) = url.split_once("://").unwrap();
            let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
            host.split(['/', ':']).next().unwrap().to_owned()
        });
        assert!(hosts.iter().all(|host| keys(&compose["services"]).contains(host)), "{hosts:?}");
    }
}

#[test]
fn the_dockerfile_is_made_of_instructions_and_settings_that_exist() {
    let text = std::fs::read_to_string(format!("{ROOT}/Dockerfile")).unwrap();
    let known = [
        "FROM",
        "RUN",
        "WORKDIR",
        "COPY",
        "USER",
        "ENV",
        "EXPOSE",
        "VOLUME",
        "HEALTHCHECK",
        "ENTRYPOINT",
        "CMD",
    ];
    let unfolded = text.replace("\\\n", " ");
    let instructions = unfolded.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut settings = Vec::new();
    for line in instructions {
        let (instruction, rest) = line.split_once(' ').unwrap();
        assert!(known.contains(&instruction), "{line}");
        let form = rest.trim_start_matches("CMD ");
        if form.starts_with('[') {
            serde_json::from_str::<Vec<String>>(form).unwrap();
        }
        if instruction == "ENV" {
            let pairs = rest.split_whitespace().map(|pair| pair.split_once('=').unwrap());
            settings.extend(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
        }
    }
    let config = Config::load(None, settings).unwrap();
    assert_eq!(config.server.bind.port(), 8080);
}
