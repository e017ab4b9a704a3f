//! Reads a to-do as JSON into the generated type and writes it again.

mod models;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let todo: models::Todo = serde_json::from_reader(std::io::stdin())?;
    serde_json::to_writer(std::io::stdout(), &todo)?;
    Ok(())
}
