"""What covers the body: suits, garments cut from helper surfaces, shoes, hair, and what they are made of."""
