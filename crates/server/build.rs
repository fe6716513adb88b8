//! Has the released server built anew when the files that it carries inside have changed, or come into being.

fn main() {
    // A debug build reads them as it runs.
    let carries_files = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    println!("cargo::rerun-if-changed={}", if carries_files { "../../dist" } else { "build.rs" });
}
